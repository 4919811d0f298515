import { describe, expect, it } from "vitest";
import { type FigureKind, formatFigure, formatTick } from "./figures";

describe("figures", () => {
  it.each<[FigureKind, string, string]>([
    ["usd", "1234.5", "$1,234.50"],
    ["unitUsd", "0.00851812", "$0.008518"],
    ["count", "71300", "71,300"],
    ["share", "0.125", "12.5%"],
    ["ms", "1834", "1.83 s"],
  ])("%s %s", (kind, value, text) => expect(formatFigure(kind, value)).toBe(text));
});

describe("ticks", () => {
  it.each<[FigureKind, number, string]>([
    ["usd", 1500, "$1.5k"],
    ["unitUsd", 0.0005, "$0.0005"],
    ["count", 25_000, "25K"],
    ["share", 0.5, "50%"],
    ["ms", 500, "500 ms"],
    ["ms", 10_000, "10 s"],
  ])("%s %d", (kind, value, text) => expect(formatTick(kind, value)).toBe(text));
});
