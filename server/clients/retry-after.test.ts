import { expect, it } from "vitest";
import { retryAfterSeconds } from "./retry-after";

const now = new Date("2026-11-20T12:00:00Z");

it.each([
  ["seconds", "30", 30],
  ["zero", "0", 0],
  ["parts of seconds, upwards", "1.2", 2],
  ["blanks around", " 7 ", 7],
  ["a date", "Fri, 20 Nov 2026 12:01:00 GMT", 60],
  ["a date that has passed", "Fri, 20 Nov 2026 11:00:00 GMT", 0],
  ["longer than a day", "999999", 86_400],
  ["nothing", undefined, null],
  ["an empty header", "", null],
  ["a negative number", "-5", null],
  ["words", "soon", null],
])("reads %s", (_name, header, seconds) => {
  expect(retryAfterSeconds(header, now)).toBe(seconds);
});
