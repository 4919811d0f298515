import { expect, it } from "vitest";
import { decideWatermark } from "./watermark";

const at = (time: string) => new Date(`2026-11-20T${time}Z`);

it.each([
  { name: "nothing waits", now: "12:00:00", oldest: null, finalThrough: "11:00:00", rolledThrough: "12:00:00" },
  { name: "in the middle of a slot", now: "12:14:59", oldest: null, finalThrough: "11:00:00", rolledThrough: "12:14:59" },
  { name: "at the next slot", now: "12:15:00", oldest: null, finalThrough: "11:15:00", rolledThrough: "12:15:00" },
  { name: "a mark of a moment ago", now: "12:00:10", oldest: "11:59:59", finalThrough: "10:45:00", rolledThrough: "11:59:59" },
  { name: "the job stands still for hours", now: "18:00:00", oldest: "12:00:00", finalThrough: "11:00:00", rolledThrough: "12:00:00" },
  { name: "a mark by a clock ahead of ours", now: "12:00:00", oldest: "12:00:03", finalThrough: "11:00:00", rolledThrough: "12:00:00" },
])("$name", ({ now, oldest, finalThrough, rolledThrough }) => {
  const watermark = decideWatermark(at(now), oldest === null ? null : at(oldest), oldest === null ? 0 : 2, 60);
  expect(watermark.finalThrough).toEqual(at(finalThrough));
  expect(watermark.rolledThrough).toEqual(at(rolledThrough));
}); // prettier-ignore
