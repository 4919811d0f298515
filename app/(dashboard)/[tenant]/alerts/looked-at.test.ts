import { expect, it } from "vitest";
import { lookedAt } from "./looked-at";

const at = (time: string) => new Date(`2026-11-21T${time}Z`);
it.each([
  ["before the minute", "14:01:59", "2026-11-21T14:02:00.000Z"],
  ["at the minute", "14:02:00", "2026-11-21T15:02:00.000Z"],
  ["after it", "14:22:00", "2026-11-21T15:02:00.000Z"],
])("knows by when rules look again, %s", (_, now, next) => {
  expect(lookedAt([], at(now))).toEqual({ last: null, next });
});

it("goes by the rules that look all the time, not by those of whole days", () => {
  const rules = [
    { rule: "week-over-week", evaluatedTo: "2026-11-21T05:00:00.000Z" },
    { rule: "spike", evaluatedTo: "2026-11-21T14:20:00.000Z" },
    { rule: "budget", evaluatedTo: "2026-11-21T14:21:00.000Z" },
    { rule: "user-runaway", evaluatedTo: null },
  ] as const;
  expect(lookedAt(rules, at("14:22:00")).last).toBe("2026-11-21T14:21:00.000Z");
});
