import { describe, expect, it } from "vitest";
import { guessMapping } from "./guess-mapping";
import { mapRow } from "./map-row";
import { RowIds } from "./row-id";
import { ImportMapping } from "./schemas";

const mapping = ImportMapping.parse({
  columns: {
    id: "ID",
    occurredAt: "T",
    "usage.inputTokens": "In",
    batch: "Batch",
    reportedCostUsd: "Cost",
    "tags.plan": "Plan",
    feature: "Feature",
  },
  set: { model: "gpt-4o", feature: "other" },
});
const map = (cells: Record<string, string>) =>
  mapRow(new Map(Object.entries({ T: "2026-03-01 12:00:00", ...cells })), mapping);

describe("a row as a call", () => {
  it("takes cells by their column and what is set for all", () => {
    expect(
      map({ ID: "r1", In: " 374 ", Batch: "no", Cost: "1.25e-05", Plan: "pro", Feature: "" }),
    ).toMatchObject({
      ok: true,
      row: {
        id: "r1",
        call: {
          occurredAt: "2026-03-01T12:00:00.000Z",
          usage: { inputTokens: 374 },
          batch: false,
          reportedCostUsd: "0.0000125",
          tags: { plan: "pro" },
          model: "gpt-4o",
          feature: "other",
        },
      },
    });
  });

  it("leaves empty cells out", () => {
    const mapped = map({ In: "" });
    expect(mapped.ok && "usage" in mapped.row.call).toBe(false);
  });

  it.each([
    [{ T: "" }, "occurredAt", "is empty"],
    [{ T: "soon" }, "occurredAt", "is not a time"],
    [{ In: "-1" }, "usage.inputTokens", "must be a whole number"],
    [{ In: "3.5" }, "usage.inputTokens", "must be a whole number"],
    [{ In: "1e3" }, "usage.inputTokens", "must be a whole number"],
    [{ Batch: "maybe" }, "batch", "must be true or false"],
    [{ Cost: "-1" }, "reportedCostUsd", "must be an amount"],
    [{ Cost: "0.0000000000000000001" }, "reportedCostUsd", "more than 18 decimals"],
    [{ Cost: "1e-19" }, "reportedCostUsd", "more than 18 decimals"],
  ] as [Record<string, string>, string, string][])(
    "refuses %o and names the field",
    (cells, field, message) => {
      expect(map(cells)).toMatchObject({
        ok: false,
        fault: { field, message: expect.stringContaining(message) as string },
      });
    },
  );
});

describe("the id of a row without one", () => {
  const contentOf = (cells: Record<string, string>) => {
    const mapped = map(cells);
    if (!mapped.ok) throw new Error("not a call");
    return mapped.row;
  };

  it("is the same in every reading, and another for each of several like rows", () => {
    const read = () => {
      const ids = new RowIds();
      return [contentOf({ In: "1" }), contentOf({ In: "2" }), contentOf({ In: "1" })].map((row) =>
        ids.idOf(row),
      );
    };
    expect(read()).toEqual(read());
    expect(new Set(read()).size).toBe(3);
  });

  it("heeds decimals that a call does not keep, and not how a time is spelled", () => {
    const idOf = (time: string) => new RowIds().idOf(contentOf({ T: time }));
    expect(idOf("2026-03-01 12:00:00.0000001")).not.toBe(idOf("2026-03-01 12:00:00.0000002"));
    expect(idOf("2026-03-01 12:00:00.5")).toBe(idOf("2026-03-01T12:00:00.500000Z"));
  });
});

it("guesses columns by their names, each once, and never a prompt's text", () => {
  expect(
    guessMapping(["TIMESTAMP", "ContextTokens", "GeneratedTokens", "Prompt", "user_id", "Request ID"]),
  ).toEqual({
    id: "Request ID",
    occurredAt: "TIMESTAMP",
    userId: "user_id",
    "usage.inputTokens": "ContextTokens",
    "usage.outputTokens": "GeneratedTokens",
  });
});
