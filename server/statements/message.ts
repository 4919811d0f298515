import { usdInWords } from "@/server/delivery/figures";
import type { Sender } from "@/server/delivery/incident-message";
import type { Message } from "@/server/delivery/schemas";
import { Usd } from "@/server/prices/decimal";
import type { StatementHead } from "./schemas";

const plural = (count: number, one: string) =>
  `${count.toLocaleString("en-US")} ${one}${count === 1 ? "" : "s"}`;
const nameOf = (month: string) =>
  new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** A month that was closed while nobody watched. It names no person. */
export function statementMessage(head: StatementHead, sender: Sender): Message {
  const { month, revision, amountUsd, calls, unpricedCalls, correctionsUsd, contentHash } = head;
  const lacks = unpricedCalls > 0 ? ` ${plural(unpricedCalls, "call")} without a price ${unpricedCalls === 1 ? "is" : "are"} not in it.` : ""; // prettier-ignore
  const corrects = new Usd(correctionsUsd).isZero()
    ? []
    : [{ label: "Corrections of earlier months", value: usdInWords(correctionsUsd) }];
  return {
    type: "statement",
    title: `${nameOf(month)} of ${sender.tenantName} is closed`,
    text: `The month came to ${usdInWords(amountUsd)} for ${plural(calls, "call")}.${lacks}`,
    fields: [...corrects, { label: "Revision", value: String(revision) }],
    lines: [],
    context: [
      `Content hash ${contentHash.slice(0, 12)}… What changes from here on is a correction of a later month.`,
    ],
    link: { label: "Open the statement", url: `${sender.url}/statements/${month}` },
    alertId: null,
  };
}
