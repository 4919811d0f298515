import type { Message } from "./schemas";

const oneLine = (text: string, max: number) =>
  text
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .toWellFormed()
    .slice(0, max)
    .toWellFormed();

/** A message as plain text; a link stands on a line of its own. */
export function mailOf(message: Message): { subject: string; text: string } {
  const { title, text, fields, lines, context, link } = message;
  const parts = [
    oneLine(text, 3_000),
    fields.map(({ label, value }) => `${label}: ${oneLine(value, 2_000)}`).join("\n"),
    lines.map((line) => `- ${oneLine(line, 400)}`).join("\n"),
    link ? `${link.label}:\n${link.url}` : "",
    context.map((line) => oneLine(line, 2_000)).join("\n"),
  ];
  return {
    subject: oneLine(title, 150),
    text: `${parts.filter((part) => part !== "").join("\n\n")}\n`,
  };
}
