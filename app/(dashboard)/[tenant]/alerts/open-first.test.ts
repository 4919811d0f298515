import { expect, it } from "vitest";
import { openFirst } from "./open-first";

it("puts open ones first, the gravest of them before the newest, and resolved ones by time alone", () => {
  const rows = [
    { id: "r2", state: "resolved", severity: "info" },
    { id: "o1", state: "open", severity: "warning" },
    { id: "a", state: "acknowledged", severity: "critical" },
    { id: "o2", state: "open", severity: "warning" },
    { id: "r1", state: "resolved", severity: "critical" },
    { id: "s", state: "snoozed", severity: "critical" },
    { id: "o3", state: "open", severity: "critical" },
  ] as const;
  expect(openFirst(rows).map(({ id }) => id)).toEqual(["o3", "o1", "o2", "a", "s", "r2", "r1"]);
});
