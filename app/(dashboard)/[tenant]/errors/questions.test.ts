import { describe, expect, it } from "vitest";
import { resolveScope } from "../_scope/scope";
import { errorsOffers } from "./offers";
import { errorsQuestion, failedReport, failuresTrendQuestion } from "./questions";

const scopeOf = (f: string[]) =>
  resolveScope(
    { range: "7d", from: null, to: null, compare: null, cfrom: null, cto: null, match: null, f, by: null, i: null }, // prettier-ignore
    new Date("2026-11-20T12:10:00Z"),
    "UTC",
    errorsOffers,
  );

describe("questions of Errors", () => {
  it("keep the scope's filters beside that calls failed", () => {
    expect(failedReport(scopeOf(["feature:chat"]))).toEqual({
      from: "2026-11-14",
      to: "2026-11-21",
      filter: { feature: ["chat"], error: { not: [null] } },
    });
    expect(failedReport(scopeOf(["error:timeout"])).filter).toEqual({
      error: { is: ["timeout"], not: [null] },
    });
  });
  it("compare what is compared", () => {
    expect(errorsQuestion(scopeOf([]))).toMatchObject({ compare: { from: "2026-11-07" }, limit: 50 });
    expect(failuresTrendQuestion(scopeOf([]))).toMatchObject({ groupBy: "error", granularity: "day" });
  });
  it("leave users out, whose failures are not kept, and say so", () => {
    const scope = scopeOf(["user:u1", "account:a1", "team:x"]);
    expect(scope.filter).toEqual({ team: ["x"] });
    expect(scope.ignored).toEqual(["user:u1", "account:a1"]);
  });
});
