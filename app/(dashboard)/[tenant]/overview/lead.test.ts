import { expect, it } from "vitest";
import { withLead } from "./lead";

const days = { from: "2026-11-15", to: "2026-11-22", granularity: "day" };

it.each([
  ["nothing compared", days, { ...days, from: "2026-11-09" }],
  [
    "days beside days, the running one cut",
    { ...days, compare: { from: "2026-11-08", to: "2026-11-14T16:00:00Z" } },
    { ...days, from: "2026-11-09", compare: { from: "2026-11-02", to: "2026-11-14T16:00:00Z" } },
  ],
])("reaches six days further back: %s", (_name, asked, question) =>
  expect(withLead(asked)).toEqual({ question, lead: 6 }),
);

it.each([
  ["hours", { ...days, granularity: "hour" }],
  ["months", { ...days, granularity: "month" }],
  ["a start within a day", { ...days, from: "2026-11-15T10:00:00Z" }],
  [
    "days beside a start within a day",
    { ...days, compare: { from: "2026-11-01T10:00:00Z", to: "2026-11-08" } },
  ],
])("leaves %s as they are", (_name, question) => expect(withLead(question)).toEqual({ question, lead: 0 }));
