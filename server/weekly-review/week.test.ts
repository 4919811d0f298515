import { describe, expect, it } from "vitest";
import { dueWeek, lastWholeWeek, weekOf } from "./week";

describe("the last week that is over", () => {
  it.each([
    ["the last instant of a Sunday is in the week still", "2026-11-15T23:59:59.999Z", "UTC", "2026-11-02"],
    ["the first instant of a Monday ends it", "2026-11-16T00:00:00Z", "UTC", "2026-11-09"],
    ["a Sunday", "2026-11-22T12:00:00Z", "UTC", "2026-11-09"],
    ["already Monday east of Greenwich", "2026-11-15T18:30:00Z", "Asia/Kolkata", "2026-11-09"],
    ["a quarter hour before that", "2026-11-15T18:15:00Z", "Asia/Kolkata", "2026-11-02"],
    ["still Sunday in the west", "2026-11-16T04:59:00Z", "America/New_York", "2026-11-02"],
    ["across a new year", "2027-01-05T12:00:00Z", "UTC", "2026-12-28"],
  ])("%s", (_name, now, timeZone, week) => {
    expect(lastWholeWeek(new Date(now), timeZone)).toBe(week);
  });
});

describe("when a review is due", () => {
  it.each([
    ["Monday before eight", "2026-11-16T07:59:59Z", "UTC", null],
    ["Monday at eight", "2026-11-16T08:00:00Z", "UTC", "2026-11-09"],
    ["Monday night", "2026-11-16T23:59:59Z", "UTC", "2026-11-09"],
    ["Tuesday at midnight, for whoever was down", "2026-11-17T00:00:00Z", "UTC", "2026-11-09"],
    ["Tuesday's last instant", "2026-11-17T23:59:59Z", "UTC", "2026-11-09"],
    ["Wednesday", "2026-11-18T00:00:00Z", "UTC", null],
    ["Sunday", "2026-11-22T12:00:00Z", "UTC", null],
    ["eight in Kolkata is 02:30", "2026-11-16T02:30:00Z", "Asia/Kolkata", "2026-11-09"],
    ["a quarter before that", "2026-11-16T02:15:00Z", "Asia/Kolkata", null],
    ["eight in Kathmandu is 02:15", "2026-11-16T02:15:00Z", "Asia/Kathmandu", "2026-11-09"],
    ["summer time", "2026-07-06T12:00:00Z", "America/New_York", "2026-06-29"],
    ["winter time", "2026-11-16T12:59:00Z", "America/New_York", null],
  ])("%s", (_name, now, timeZone, week) => {
    expect(dueWeek(new Date(now), timeZone)).toBe(week);
  });
});

it.each([
  ["of 168 hours", "2026-11-09", "America/New_York", 168],
  ["with clocks put back", "2026-10-26", "America/New_York", 169],
  ["with clocks put forward", "2026-03-02", "America/New_York", 167],
])("a week %s is whole local days", (_name, first, timeZone, hours) => {
  const week = weekOf(first, timeZone);
  expect((week.to.getTime() - week.from.getTime()) / 3_600_000).toBe(hours);
  expect(new Date(`${week.last}T00:00:00Z`).getUTCDay()).toBe(0);
  expect(weekOf(week.before, timeZone).end).toBe(first);
});
