import type { Message } from "./schemas";

interface PlainText {
  type: "plain_text";
  text: string;
  emoji: false;
}
interface Markup {
  type: "mrkdwn";
  text: string;
  /** Nothing in it becomes a link or a mention by itself. */
  verbatim: true;
}
export type SlackBlock =
  | { type: "header"; text: PlainText }
  | { type: "section"; text: PlainText }
  | { type: "section"; fields: (PlainText | Markup)[] }
  | { type: "context"; elements: (PlainText | Markup)[] }
  | { type: "actions"; elements: { type: "button"; text: PlainText; url: string; action_id: string }[] };
export interface SlackPayload {
  text: string;
  blocks: SlackBlock[];
  unfurl_links: false;
  unfurl_media: false;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** Controls, and marks that turn the direction of what follows: a name could dress up as something else. */
const unseen = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * Text as Slack wants it: its three special characters as entities, so that a name like `<!channel>` is only a name; no
 * longer than `max` with them, and never cut inside one.
 */
export function slackText(text: string, max: number): string {
  let written = "";
  let fits = "";
  for (const character of text.replace(unseen, " ").toWellFormed()) {
    const next = entities[character] ?? character;
    if (written.length + next.length > max) return `${fits}…`;
    written += next;
    if (written.length <= max - 1) fits = written;
  }
  // Slack refuses texts of nothing.
  return written.trim() === "" ? "–" : written;
}

const plain = (text: string, max: number): PlainText => ({
  type: "plain_text",
  text: slackText(text, max),
  emoji: false,
});
const markup = (text: string): Markup => ({ type: "mrkdwn", text, verbatim: true });

/** A label in bold over its value; without the bold where the value holds marks that Slack would obey. */
function field({ label, value }: Message["fields"][number]): PlainText | Markup {
  if (/[*_~`]/.test(value)) return plain(`${label}: ${value}`, 2_000);
  return markup(`*${slackText(label, 200)}*\n${slackText(value, 1_700)}`);
}

/** Lines in as few sections as they fit into. */
function sections(lines: readonly string[]): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  let text = "";
  for (const line of lines.map((one) => `• ${slackText(one, 400)}`)) {
    const longer = text === "" ? line : `${text}\n${line}`;
    if (longer.length <= 2_900) {
      text = longer;
      continue;
    }
    blocks.push({ type: "section", text: { type: "plain_text", text, emoji: false } });
    text = line;
  }
  if (text !== "") blocks.push({ type: "section", text: { type: "plain_text", text, emoji: false } });
  return blocks;
}

/** A message in Block Kit, of blocks that incoming webhooks have always taken (formats 7). */
export function slackPayload(message: Message): SlackPayload {
  const { title, text, fields, lines, context, link } = message;
  const blocks: SlackBlock[] = [{ type: "header", text: plain(title, 150) }];
  if (text !== "") blocks.push({ type: "section", text: plain(text, 3_000) });
  if (fields.length > 0) {
    const written = fields.map(field);
    blocks.push({ type: "section", fields: written.slice(0, 10) });
  }
  blocks.push(...sections(lines));
  const small: (PlainText | Markup)[] = context.map((line) => plain(line, 2_000));
  if (link) {
    // A button leads there; in clients that want an interactive app for it the link does.
    const button = { type: "button" as const, text: plain(link.label, 75), url: link.url, action_id: "open" };
    blocks.push({ type: "actions", elements: [button] });
    small.push(markup(`<${slackText(link.url, 2_000)}|${slackText(link.label, 75)}>`));
  }
  if (small.length > 0) blocks.push({ type: "context", elements: small.slice(0, 10) });
  const fallback = [title, text].filter((part) => part !== "").join(": ");
  return { text: slackText(fallback, 3_000), blocks, unfurl_links: false, unfurl_media: false };
}
