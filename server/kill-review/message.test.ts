import { describe, expect, it } from "vitest";
import { Message } from "@/server/delivery/schemas";
import { evidence, killBaseline, killFigures } from "@/tests/factories/kill-figures";
import { reminderMessage, reviewMessage } from "./message";
import { KillFigures, type KillItem, KillItem as Item, type MeasuredDecision } from "./schemas";

const sender = { tenantName: "Acme", timeZone: "Asia/Kolkata", url: "https://app.example.com/acme" };
const item: KillItem = {
  feature: "old",
  place: 1,
  isBottom: true,
  guard: null,
  suggestion: "kill",
  evidence: evidence({ uses: 3, reason: "Hardly any use." }),
};
const other: KillItem = { ...item, feature: "chat", place: 2, isBottom: false, suggestion: null };
const review = {
  month: "2026-11-01",
  timeZone: "Asia/Kolkata",
  takenAt: new Date("2026-12-01T00:00:00Z"),
  figures: killFigures(),
  items: [item, other],
};
const decision: MeasuredDecision = {
  feature: "drafts",
  version: 1,
  decision: "kill",
  mergeInto: null,
  dueOn: "2026-10-31",
  state: "done",
  savings: [{ first: "2026-11-01", last: "2026-11-30", baseline: { expectedUsd: "12", lowUsd: "10", highUsd: "15" }, actualUsd: "0", unpricedCalls: 0, savedUsd: "12", verdict: "saved" }],
}; // prettier-ignore
const told = (change: Partial<typeof review> = {}) =>
  Message.parse(reviewMessage({ ...review, ...change }, sender));

describe("what a month's review says", () => {
  it("names the least used features, what speaks against them, and links to the page", () => {
    const message = told();
    expect(message.title).toBe("Kill review of Acme: November 2026");
    expect(message.text).toBe(
      "1 feature of 2 is used least, and cost $5.00 of $100.00: kill, throttle or merge? 3 calls without a price are not in any cost.",
    );
    expect(message.lines).toEqual(["Kill old (3 uses, $5.00): Hardly any use."]);
    expect(message.link?.url).toBe("https://app.example.com/acme/kill-review/2026-11");
    expect(message.context).toEqual(["Figures as of 1 Dec, 05:30 (Asia/Kolkata); they stay as they were."]);
  });

  it("says what earlier decisions came to", () => {
    const message = told({ figures: killFigures({ decisions: [decision], unpricedCalls: 0 }) });
    expect(message.text).toContain("Earlier decisions came to +$12.00 against the forecast without them.");
    expect(message.fields).toEqual([
      { label: "Kill drafts", value: "done: no calls in seven days, saved (+$12.00 against the forecast)" },
    ]);
  });

  it("says that there is nothing to decide", () => {
    expect(told({ items: [other] }).text).toContain("None of 1 feature is among the hardly used ones.");
  });
});

it.each([
  ["before", 0, "Due on 30 Nov 2026: kill old", "It was decided on the kill review"],
  ["due", 0, "Due since 30 Nov 2026: kill old", "No calls of it have come since."],
  ["late-2", 7, "Overdue since 30 Nov 2026: kill old", "7 calls of it came in the last seven days."],
])("a reminder says what is due: %s", (kind, calls, title, text) => {
  const message = Message.parse(
    reminderMessage(
      { feature: "old", version: 1, month: "2026-10-01", decision: "kill", reason: "x", ownerId: null, dueOn: "2026-11-30", mergeInto: null, baseline: killBaseline(), decidedAt: review.takenAt, decidedBy: "x" },
      kind,
      calls,
      sender,
    ),
  ); // prettier-ignore
  expect([message.title, message.text.startsWith(text)]).toEqual([title, true]);
});

it("the factory's figures are sound", () => {
  expect(KillFigures.parse(killFigures())).toEqual(killFigures());
  expect(Item.parse(item)).toEqual(item);
});
