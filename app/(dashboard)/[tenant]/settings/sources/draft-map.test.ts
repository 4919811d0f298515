import { describe, expect, it } from "vitest";
import { linesOf, mapOf } from "./draft-map";

describe("an attribute map as a form", () => {
  it("has a line for each attribute, in order", () => {
    expect(linesOf({ "app.z": "team", "app.a": "feature" })).toEqual([
      { attribute: "app.a", tag: "feature" },
      { attribute: "app.z", tag: "team" },
    ]);
  });

  it("comes back as it was", () => {
    const map = { "app.feature": "feature", "tenant.id": "accountId" } as const;
    expect(mapOf(linesOf(map))).toEqual({ ok: true, map });
  });

  it("leaves blank lines out and blanks around names away", () => {
    expect(mapOf([{ attribute: "  ", tag: "team" }, { attribute: " a ", tag: "route" }])).toEqual({ ok: true, map: { a: "route" } }); // prettier-ignore
  });

  it("names an attribute that is there twice", () => {
    expect(mapOf([{ attribute: "a", tag: "team" }, { attribute: "a ", tag: "route" }])).toEqual({ ok: false, twice: "a" }); // prettier-ignore
  });
});
