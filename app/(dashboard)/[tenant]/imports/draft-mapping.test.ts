import { describe, expect, it } from "vitest";
import { isImportField } from "@/server/imports/schemas";
import { assign, setForAll, tagFieldOf } from "./draft-mapping";

const mapping = { columns: { model: "Model", feature: "App" }, set: {}, zone: "UTC" };

describe("assign", () => {
  it.each([
    [
      "gives a column its field",
      "When",
      "occurredAt",
      { model: "Model", feature: "App", occurredAt: "When" },
    ],
    ["changes what a column is", "App", "team", { model: "Model", team: "App" }],
    ["takes a field from the column that had it", "Other", "model", { feature: "App", model: "Other" }],
    ["ignores a column", "App", null, { model: "Model" }],
  ])("%s", (_case, column, field, columns) =>
    expect(assign(mapping, column, field).columns).toEqual(columns),
  );
});

describe("setForAll", () => {
  it("sets, trims and takes back", () => {
    const set = setForAll(mapping, "provider", " openai ");
    expect(set.set).toEqual({ provider: "openai" });
    expect(setForAll(set, "provider", " ").set).toEqual({});
  });
});

describe("tagFieldOf", () => {
  it.each([
    ["plan", "tags.plan"],
    ["Customer plan (2024)", "tags.Customer_plan_2024_"],
    ["__private", "tags.private"],
    ["  ", null],
    ["日付", null],
  ])("%s", (column, field) => {
    expect(tagFieldOf(column)).toBe(field);
    expect(field === null || isImportField(field)).toBe(true);
  });
});
