/** What a row has to say in one column. Amounts come as decimal strings, so that no digit is lost. */
export type Value = string | number | boolean | null;

/** Numbers stay numbers, a negative one too; text is whatever somebody sent. */
export type Kind = "text" | "number";

const plainNumber = /^-?\d+(\.\d+)?$/;
/** What spreadsheets take for the beginning of a formula, wide forms included (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * A cell as it stands in the file, before quoting. Text that a spreadsheet would run gets an apostrophe before it.
 * @throws Error for a number that is not written in plain digits: it would be another one in the reader's hands
 */
export function cellText(kind: Kind, value: Value): string {
  if (value === null) return "";
  const text = String(value);
  if (kind === "text") return formula.test(text) ? `'${text}` : text;
  if (!plainNumber.test(text)) throw new Error(`not a plain number: ${text.slice(0, 40)}`);
  return text;
}
