import { describe, expect, it } from "vitest";
import { cellText, type Kind, type Value } from "./cell";

describe("cellText", () => {
  it.each<[string, Kind, Value, string]>([
    ["a gap", "number", null, ""],
    ["a gap among texts", "text", null, ""],
    ["a count", "number", 1234567, "1234567"],
    ["all eighteen decimals", "number", "0.000000000000000001", "0.000000000000000001"],
    ["a negative amount is no formula", "number", "-12.5", "-12.5"],
    ["a negative count", "number", -3, "-3"],
    ["plain text", "text", "chat", "chat"],
    ["digits as text", "text", "0012", "0012"],
    ["a truth", "text", true, "true"],
    ["a text that begins like a number", "text", "-x", "'-x"],
    ["even one that is a number", "text", "-1+cmd", "'-1+cmd"],
    ["=", "text", '=HYPERLINK("http://evil")', `'=HYPERLINK("http://evil")`],
    ["+", "text", "+1", "'+1"],
    ["@", "text", "@SUM(A1)", "'@SUM(A1)"],
    ["a tab", "text", "\t=1", "'\t=1"],
    ["a carriage return", "text", "\r=1", "'\r=1"],
    ["a line feed", "text", "\n=1", "'\n=1"],
    ["a wide =", "text", "＝1", "'＝1"],
    ["a wide -", "text", "－1", "'－1"],
    ["a sign further on", "text", "a=b", "a=b"],
  ])("%s", (_case, kind, value, expected) => expect(cellText(kind, value)).toBe(expected));

  it.each<Value>(["1e-7", 1e21, 1e-7, "1,5", "NaN", Number.NaN, Infinity, "=1+1", "", " 1", true])(
    "refuses %s as a number",
    (value) => expect(() => cellText("number", value)).toThrow("not a plain number"),
  );
});
