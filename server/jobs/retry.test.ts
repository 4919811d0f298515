import { describe, expect, it } from "vitest";
import { retryAt, sleepUntil } from "./retry";

const now = new Date("2026-03-01T00:00:00.000Z");
const secondsFromNow = (instant: Date | null) => instant && (instant.getTime() - now.getTime()) / 1000;

describe("retryAt", () => {
  it.each([
    ["first failure", 1, null, 15],
    ["second", 2, null, 30],
    ["tenth", 10, null, 7200],
    ["fiftieth", 50, null, 7200],
    ["asked in seconds", 1, "3600", 3600],
    ["asked by an instant", 1, "2026-03-01T00:01:00.000Z", 60],
    ["asked in a form we don't know", 1, "soon", 15],
  ])("%s", (_name, failures, asked, seconds) => {
    expect(secondsFromNow(retryAt(failures, asked, now))).toBe(seconds);
  });
});

describe("sleepUntil", () => {
  it.each([
    ["seconds", "30s", 30],
    ["several units", "1d2h3m4s", 93_784],
    ["weeks", "2w", 1_209_600],
    ["an instant", "2026-03-01T12:00:00.000Z", 43_200],
    ["nothing", "", null],
    ["words", "a while", null],
  ])("%s", (_name, text, seconds) => {
    expect(secondsFromNow(sleepUntil(text, now))).toBe(seconds);
  });
});
