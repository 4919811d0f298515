import { expect, it } from "vitest";
import { invoicesHref, listQuestion, shownMonth } from "./search-params";

const month = (name: string, isClosed = true) => ({ month: name, statement: isClosed ? {} : null });
const months = [month("2026-11", false), month("2026-10"), month("2026-09")];

it.each([
  ["the one asked for", months, "2026-09", "2026-09"],
  ["the one asked for, though it is open again", months, "2026-11", "2026-11"],
  ["the last closed one", months, null, "2026-10"],
  ["the last closed one where nonsense is asked for", months, "2026-13", "2026-10"],
  ["the newest where none is closed", [month("2026-11", false)], null, "2026-11"],
  ["none where there is none", [], "2026-11", undefined],
])("shows %s", (_, all, asked, shown) => expect(shownMonth(all, asked)?.month).toBe(shown));

it("asks for a state only where one is chosen", () => {
  expect(listQuestion("2026-10", null)).toEqual({ month: "2026-10" });
  expect(listQuestion("2026-10", "void")).toEqual({ month: "2026-10", state: "void" });
  expect(() => listQuestion("October", null)).toThrow();
});

it("a month has an address", () =>
  expect(invoicesHref("acme", "2026-10")).toBe("/acme/invoices?month=2026-10"));
