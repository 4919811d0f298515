import { describe, expect, it } from "vitest";
import { featureFacts, type MadeHour } from "@/tests/factories/alert-facts";
import { usualParams } from "../schemas";
import { type ConnectionFacts, silentConnection, silentSource } from "./silent-source";

const params = usualParams("silent-source");
const noon = new Date("2026-11-18T12:00:00Z");
const month = 30 * 24;
const found = (calls: (hour: MadeHour) => number, history = month) => {
  const { calendar, hours, days } = featureFacts(noon, history, (hour) => ({ calls: calls(hour) }));
  return silentSource(
    { calendar, subject: { kind: "environment", key: "production" }, hours, days },
    params,
    noon,
  );
};

it.each<[string, ReturnType<typeof found>, string | undefined]>([
  ["three hours on end", found(({ back }) => (back < 3 ? 0 : 20)), "60"],
  ["two hours", found(({ back }) => (back < 2 ? 0 : 20)), undefined],
  ["a single call within them", found(({ back }) => (back === 1 ? 1 : back < 3 ? 0 : 20)), undefined],
  ["hours that were empty once before", found(({ back, daysBack, hour }) => (back < 3 || (daysBack === 5 && hour === 10) ? 0 : 20)), undefined],
  ["hours with so few calls that none is no wonder", found(({ back }) => (back < 3 ? 0 : 14)), undefined],
  ["an office that sleeps at weekends is no source that always comes", found(({ back, weekday }) => (back < 3 || weekday > 5 ? 0 : 20)), undefined],
  ["a source of five days", found(({ back }) => (back < 3 ? 0 : 20), 5 * 24), undefined],
  ["a source of nine days", found(({ back }) => (back < 3 ? 0 : 20), 9 * 24), "60"],
  ["one that stopped two months ago", found(({ daysBack }) => (daysBack > 40 ? 20 : 0), 70 * 24), undefined],
])("%s", (_case, finding, expected) => expect(finding?.expected).toBe(expected)); // prettier-ignore

describe("a connection", () => {
  const known: ConnectionFacts = {
    name: "our Langfuse",
    state: "active",
    createdAt: new Date("2026-11-01T00:00:00Z"),
    lastOkAt: new Date("2026-11-18T09:00:00Z"),
    failure: null,
  };
  const ago = (hours: number) => new Date(noon.getTime() - hours * 3_600_000);

  it.each<[string, Partial<ConnectionFacts>, boolean]>([
    ["that answered three hours ago", {}, true],
    ["that answered a little later", { lastOkAt: ago(2.9) }, false],
    ["that is paused", { state: "paused", lastOkAt: ago(100) }, false],
    ["that never answered, and is new", { lastOkAt: null, createdAt: ago(1) }, false],
    ["that never answered", { lastOkAt: null, createdAt: ago(4) }, true],
  ])("%s", (_case, facts, isFound) => {
    expect(silentConnection({ ...known, ...facts }, params, noon) !== null).toBe(isFound);
  });

  it("says what it said, and since when", () => {
    expect(silentConnection({ ...known, failure: "401" }, params, noon)).toMatchObject({
      subject: { kind: "source", key: "our Langfuse" },
      window: { from: known.lastOkAt, to: noon },
      sentence: "our Langfuse has not answered for 3 hours. It says: 401",
    });
  });
});
