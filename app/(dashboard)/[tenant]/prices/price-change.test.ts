import { describe, expect, it } from "vitest";
import { askedChange, previewHref, type PriceChange, reachesBack } from "./price-change";

const change: PriceChange = {
  provider: "openai",
  model: "my/model?&#",
  from: "2026-11-01",
  why: "Contract rates & more",
};

/** What Next hands a page for an address. */
const queryOf = (href: string) => Object.fromEntries(new URL(href, "http://localhost").searchParams);

describe("a preview's address", () => {
  it.each([
    { name: "a model since a day", change },
    { name: "a model since ever", change: { ...change, from: null } },
    { name: "all list prices", change: { ...change, provider: "", model: "" } },
  ])("brings $name back", ({ change }) => {
    expect(askedChange(queryOf(previewHref("acme", change)))).toEqual(change);
  });

  it.each([
    { name: "nothing is asked", query: {}, asked: null },
    {
      name: "a day is none",
      query: { model: "gpt-4o", from: "yesterday" },
      asked: { provider: "", model: "gpt-4o", from: null, why: "" },
    },
    {
      name: "a name is given twice",
      query: { model: ["a", "b"], provider: "openai" },
      asked: { provider: "openai", model: "", from: null, why: "" },
    },
  ])("is read with care: $name", ({ query, asked }) => {
    expect(askedChange(query)).toEqual(asked);
  });
});

it.each([
  { from: null, reaches: true },
  { from: "2026-11-20", reaches: true },
  { from: "2026-11-21", reaches: true },
  { from: "2026-11-22", reaches: false },
])("reaches calls in the ledger when it holds from $from on: $reaches", ({ from, reaches }) => {
  expect(reachesBack({ ...change, from }, "2026-11-21")).toBe(reaches);
});
