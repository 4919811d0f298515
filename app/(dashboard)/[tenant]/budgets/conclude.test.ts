import { expect, it } from "vitest";
import { conclude, type Concluded } from "./conclude";

const forecast = {
  method: "weekday-aware",
  reason: null,
  expectedUsd: "1",
  lowUsd: "1",
  highUsd: "1",
} as const;
const of = (key: string, passedOn: string | null, over: Partial<Concluded> = {}): Concluded => ({
  budget: { subject: { kind: "feature", key }, period: "month" },
  period: { last: "2026-11-30" },
  passedOn,
  forecast,
  reason: null,
  ...over,
});
const unknown = of("new", null, { forecast: null, reason: "no-cost-yet" });
const daily = (key: string, passedOn: string | null) =>
  of(key, passedOn, { budget: { subject: { kind: "feature", key }, period: "day" } });
const tenant = of("", "2026-11-29", { budget: { subject: { kind: "tenant", key: "" }, period: "month" } });
const today = "2026-11-21";

it.each([
  ["nothing", [], ""],
  ["one that holds", [of("chat", null)], "The monthly budget will hold to the end of November."],
  ["two that hold", [of("chat", null), of("mail", null)], "All 2 monthly budgets will hold to the end of November."],
  ["one to be passed", [of("chat", "2026-11-24"), of("mail", null)], "1 of 2 monthly budgets will be exceeded by the end of November: chat, on 24 Nov."],
  ["two to be passed, the later told first", [of("chat", "2026-11-28"), of("email-drafts", "2026-11-24"), of("mail", null)], "2 of 3 monthly budgets will be exceeded by the end of November, email-drafts first, on 24 Nov."],
  ["one that is passed today", [of("chat", today)], "1 of 1 monthly budget will be exceeded by the end of November: chat, today."],
  ["one that was passed", [of("chat", "2026-11-20"), of("mail", null)], "1 of 2 monthly budgets is exceeded already; the others will hold to the end of November."],
  ["passed and to be passed", [of("chat", "2026-11-02"), of("x", "2026-11-03"), tenant], "2 of 3 monthly budgets are exceeded already; 1 more will be exceeded by the end of November: that of the organisation, on 29 Nov."],
  ["nothing to go by", [unknown], "No budget can be forecast yet."],
  ["something to go by", [unknown, of("chat", null)], "The other monthly budget will hold to the end of November. 1 budget cannot be forecast yet."],
  ["a day's limit that holds", [daily("chat", null)], ""],
  ["a day's limit that does not", [of("mail", null), daily("chat", today)], "The monthly budget will hold to the end of November. Today's limit of chat will not hold."],
  ["several days' limits", [daily("chat", today), daily("mail", today)], "2 of today's limits will not hold, among them chat."],
])("%s", (_, budgets, sentence) => {
  expect(conclude(budgets, today)).toBe(sentence);
}); // prettier-ignore
