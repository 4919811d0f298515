import { describe, expect, it } from "vitest";
import type { WhyCause } from "@/server/analytics/why-schemas";
import { prepareWaterfall } from "./prepare-waterfall";

const draw = (beforeUsd: string, afterUsd: string, ...causes: [WhyCause, string][]) =>
  prepareWaterfall({ beforeUsd, afterUsd, causes: causes.map(([cause, usd]) => ({ cause, usd })) });
const spans = (...input: Parameters<typeof draw>) =>
  draw(...input).rows.map(({ key, kind, from, to }) => [
    key,
    kind,
    Number(from.toFixed(6)),
    Number(to.toFixed(6)),
  ]);

describe("prepareWaterfall", () => {
  it("begins each bar where the one above it ended, and ends at the amount after", () =>
    expect(spans("4", "8", ["retries", "6"], ["volume", "-2"])).toEqual([
      ["before", "total", 0, 0.4],
      ["retries", "up", 0.4, 1],
      ["volume", "down", 0.8, 1],
      ["after", "total", 0, 0.8],
    ]));

  it("leaves out causes of nothing", () =>
    expect(draw("4", "8", ["retries", "4"], ["volume", "0"]).rows.map(({ key }) => key)).toEqual([
      "before",
      "retries",
      "after",
    ]));

  it("begins at zero, unless what changed could not be seen then", () => {
    expect(draw("4", "8", ["retries", "4"]).axisFromUsd).toBeNull();
    const { axisFromUsd, rows } = draw("3000", "3010", ["retries", "15"], ["cache", "-5"]);
    expect(axisFromUsd).toBe("2990");
    expect(rows[1]).toMatchObject({ from: 0.4, to: 1 });
    expect(rows.every(({ from, to }) => from >= 0 && to <= 1 && from <= to)).toBe(true);
  });

  it("begins with nothing", () =>
    expect(spans("0", "5", ["volume", "5"])).toEqual([
      ["before", "total", 0, 0],
      ["volume", "up", 0, 1],
      ["after", "total", 0, 1],
    ]));

  it("passes below zero and back", () =>
    expect(spans("1", "2", ["tokens", "-2"], ["volume", "3"])).toEqual([
      ["before", "total", 0.333333, 0.666667],
      ["tokens", "down", 0, 0.666667],
      ["volume", "up", 0, 1],
      ["after", "total", 0.333333, 1],
    ]));

  it("keeps what floats would lose: causes that cancel out end where they began", () => {
    const { rows } = draw("0.3", "0.3", ["tokens", "0.1"], ["volume", "-0.1"]);
    expect(rows.at(-2)?.level).toBe(rows[0]?.level);
  });
});
