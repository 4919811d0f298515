import { describe, expect, it } from "vitest";
import { daysOfScope, loadPromptParams, promptHref } from "./search-params";

it.each(["email-draft", "mail/answer #2?", "100 %&prompt=x", "Größe ü", "../x"])(
  "names the prompt %s in the address, and reads it again",
  (prompt) => {
    const url = new URL(promptHref("demo", prompt, { range: "90d" }), "https://host");
    expect(url.pathname).toBe("/demo/prompts");
    expect(url.searchParams.get("range")).toBe("90d");
    expect(loadPromptParams(url.searchParams)).toEqual({ prompt });
  },
);

describe("daysOfScope", () => {
  it.each([
    ["days that are over", { from: "2026-02-27", to: "2026-03-02" }, ["2026-02-27", "2026-02-28", "2026-03-01"]],
    ["today is the last", { from: "2026-11-20", to: "2026-11-24" }, ["2026-11-20", "2026-11-21"]],
    ["none has begun", { from: "2026-12-01", to: "2026-12-02" }, []],
  ])("%s", (_name, days, expected) => expect(daysOfScope({ days, today: "2026-11-21" })).toEqual(expected)); // prettier-ignore
});
