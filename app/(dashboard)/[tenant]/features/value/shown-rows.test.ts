import { describe, expect, it } from "vitest";
import type { ValueOrder } from "./search-params";
import { shownRows, type ValueRow } from "./shown-rows";

const row = (feature: string, more: Partial<ValueRow>): ValueRow =>
  ({
    feature,
    uses: 0,
    costUsd: "0",
    activeUsers: null,
    adoption: null,
    costPerActiveUserUsd: null,
    costPerSuccessUsd: null,
    costPerConversionUsd: null,
    ...more,
  }) as ValueRow;

const rows = [
  row("Support Chat", {
    uses: 900,
    costUsd: "9",
    activeUsers: 3,
    adoption: "0.5",
    costPerActiveUserUsd: "3",
  }),
  row("mail", { uses: 20, costUsd: "10.5", activeUsers: 0, adoption: "0", costPerConversionUsd: "0.25" }),
  row("chat-index", { uses: 20, costUsd: "0.004", costPerSuccessUsd: "0.0001" }),
];

describe("rows of the value of features", () => {
  it.each<[ValueOrder, string, string[]]>([
    ["uses", "", ["Support Chat", "mail", "chat-index"]],
    ["cost", "", ["mail", "Support Chat", "chat-index"]],
    // Nobody is fewer than some, and not known comes last.
    ["users", "", ["Support Chat", "mail", "chat-index"]],
    ["adoption", "", ["Support Chat", "mail", "chat-index"]],
    ["successCost", "", ["chat-index", "Support Chat", "mail"]],
    ["conversionCost", "", ["mail", "Support Chat", "chat-index"]],
    ["name", "", ["chat-index", "mail", "Support Chat"]],
    ["cost", " CHAT ", ["Support Chat", "chat-index"]],
    ["cost", "nothing", []],
  ])("by %s, looking for %j", (order, typed, names) => {
    expect(shownRows(rows, order, typed).map(({ feature }) => feature)).toEqual(names);
  });

  it("leaves the answer as it is", () => {
    const before = [...rows];
    shownRows(rows, "cost", "");
    expect(rows).toEqual(before);
  });
});
