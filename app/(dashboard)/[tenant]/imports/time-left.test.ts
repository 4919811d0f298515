import { expect, it } from "vitest";
import { timeLeft } from "./time-left";

it.each([
  [0, "0 s left"],
  [11.2, "12 s left"],
  [59, "59 s left"],
  [60, "1 min left"],
  [61, "2 min left"],
  [3_600, "1 h 0 min left"],
  [7_501, "2 h 6 min left"],
])("%d seconds are %s", (seconds, text) => expect(timeLeft(seconds)).toBe(text));
