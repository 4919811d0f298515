import { expect, it } from "vitest";
import { exportHref } from "./export-href";

it("asks for the whole of what is shown, not for its page", () => {
  const input = {
    from: "2026-11-01",
    to: "2026-11-08",
    groupBy: "feature",
    filter: { feature: ["a&b=c", null] },
    compare: undefined,
    limit: 50,
    offset: 100,
  } as const;
  const { pathname, searchParams } = new URL(exportHref("acme", "breakdown", { ...input, filter: { feature: ["a&b=c", null] } }), "http://x"); // prettier-ignore
  expect(pathname).toBe("/api/reports/breakdown");
  expect(searchParams.get("tenant")).toBe("acme");
  expect(JSON.parse(searchParams.get("input") ?? "")).toEqual({
    from: "2026-11-01",
    to: "2026-11-08",
    groupBy: "feature",
    filter: { feature: ["a&b=c", null] },
  });
});
