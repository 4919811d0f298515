import { describe, expect, it } from "vitest";
import type { SpendFigures } from "@/server/analytics/schemas";
import { resolveScope } from "../_scope/scope";
import { figuresOverTime, overTimeQuestions } from "./figures-over-time";

const row = (bucket: string, calls: number) => ({ bucket, calls, errorCalls: calls / 2 }) as SpendFigures & { bucket: string }; // prettier-ignore
const point = {};

describe("figuresOverTime", () => {
  it.each([
    ["figures where there are calls", [point], [row("d1", 4)], [{ calls: 4, errorCalls: 2 }]],
    ["zeros where there could have been", [point], [], [{ calls: 0, errorCalls: 0, costUsd: "0" }]],
    ["a gap where nobody can know", [null], [], [null]],
    ["a gap for corrections alone", [null], [row("d1", 0)], [null]],
    ["figures that came in between the two answers", [null], [row("d1", 2)], [{ calls: 2 }]],
    ["a gap for a point that is missing", [], [], [null]],
  ])("has %s", (_name, points, rows, expected) => {
    const [found] = figuresOverTime({ buckets: ["d1"], points }, rows);
    if (expected[0] === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected[0] ?? {});
  });
  it("keeps the order of the buckets", () =>
    expect(
      figuresOverTime({ buckets: ["d1", "d2"], points: [point, point] }, [row("d2", 2), row("d1", 1)]).map(
        (one) => one?.calls,
      ),
    ).toEqual([1, 2]));
});

describe("overTimeQuestions", () => {
  const params = { range: "7d", from: null, to: null, compare: null, cfrom: null, cto: null, match: null, f: ["feature:chat"], by: null, i: null } as const; // prettier-ignore
  const of = (compare: "previous" | "off") =>
    overTimeQuestions(
      resolveScope({ ...params, f: [...params.f], compare }, new Date("2026-11-20T12:10:00Z"), "UTC"),
    );
  it("asks for the stretch compared with as for the other", () =>
    expect(of("previous").before).toMatchObject({
      from: "2026-11-07",
      granularity: "day",
      filter: { feature: ["chat"] },
    }));
  it("asks for one stretch where nothing is compared", () => {
    const { before, spend } = of("off");
    expect(before).toBeNull();
    expect(spend).toMatchObject({ from: "2026-11-14", to: "2026-11-21", granularity: "day" });
  });
});
