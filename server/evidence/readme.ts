import type { StatementHead } from "@/server/statements/schemas";

/** What the pack says of itself to whoever opens it. */
export function readmeText(tenant: string, { month, revision, from, to, timeZone }: StatementHead): string {
  return `Evidence pack: ${tenant}, ${month}, revision ${String(revision)}
From ${from} to ${to} (exclusive), which is ${month} in ${timeZone}. All amounts are US dollars.

To check it: extract everything into an empty folder and run

    node recompute.mjs

with Node 20 or newer. It needs nothing but the files beside it, reads no network, and is short enough to be read first.
It ends with exit code 0 if everything agrees, or names the first thing that differs.

manifest.json     what is in the pack, with sizes and SHA-256; the total; what is estimated or unknown, in words
statement.json    the head of the frozen statement
statement.csv     its lines, exactly as they are hashed
usage.csv         what the lines are made of, by day and price: tokens x price + otherUsd = costUsd in every row
prices.csv        every price that usage.csv refers to (priceId): usd for per units x factor, from inputFrom tokens of input
corrections.csv   corrections of prices of earlier months that were booked in this one
focus.csv         the same amounts as FOCUS 1.2
invoices.json     invoices to customers for the month that have a number
recompute.mjs     the check

The content hash of the statement is the SHA-256 of this UTF-8 text: one line for the head, then one for each line of the
statement in the order of n. Each is a JSON array of strings without spaces, followed by a line feed.
  Head: "tokenledger statement", shape, tenant id, month, revision, timeZone, from, to, takenAt, takenBy, priceBook, codeVersion,
        calls, costUsd, correctionsUsd, amountUsd, unpricedCalls
  Line: the columns of statement.csv in their order
In CSV, text that a spreadsheet would run as a formula has an apostrophe before it; it is not part of the text.

manifest.json itself is in no hash: its own SHA-256 is in the audit trail of the installation that made the pack, under
"evidence.exported".
`;
}
