import { expect, it } from "vitest";
import { figureWords } from "./figure-words";

it.each([
  ["41.2", "usd", "$41.20"],
  ["0.001", "usd", "< $0.01"],
  ["0.3812", "share", "38.1%"],
  ["2.41", "ratio", "2.4×"],
  ["1", "calls", "1 call"],
  ["1380", "calls", "1,380 calls"],
  ["850", "ms", "850 ms"],
  ["1850", "ms", "1.85 s"],
  ["15300", "usd_ms", "15.3K $·ms"],
  ["26", "hours", "26 h"],
] as const)("reads %s %s as %j", (value, unit, words) => {
  expect(figureWords(value, unit)).toBe(words);
});
