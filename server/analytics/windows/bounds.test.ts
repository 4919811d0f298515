import { expect, it } from "vitest";
import { lastAndPrevious, windowBounds } from "./bounds";

const text = ({ from, to }: { from: Date; to: Date }) =>
  [from, to].map((at) => at.toISOString().slice(5, 16)).join(" – ");

it.each([
  { name: "in UTC", zone: "UTC", now: "2026-11-21T14:37:59Z", last: "11-15T00:00 – 11-22T00:00", previous: "11-08T00:00 – 11-14T14:30" },
  { name: "at the first instant of a day", zone: "UTC", now: "2026-11-21T00:00:00Z", last: "11-15T00:00 – 11-22T00:00", previous: "11-08T00:00 – 11-14T00:00" },
  { name: "in Kolkata, whose day began before UTC's", zone: "Asia/Kolkata", now: "2026-11-21T20:05:00Z", last: "11-15T18:30 – 11-22T18:30", previous: "11-08T18:30 – 11-14T20:00" },
  { name: "over a day of 25 hours", zone: "America/New_York", now: "2026-11-05T17:00:00Z", last: "10-30T04:00 – 11-06T05:00", previous: "10-23T04:00 – 10-29T16:00" },
  { name: "on a day of 25 hours, beyond the other's end", zone: "America/New_York", now: "2026-11-02T04:50:00Z", last: "10-26T04:00 – 11-02T05:00", previous: "10-19T04:00 – 10-26T04:00" },
  { name: "over a day of 24½ hours", zone: "Australia/Lord_Howe", now: "2026-04-06T00:00:00Z", last: "03-30T13:00 – 04-06T13:30", previous: "03-23T13:00 – 03-29T23:30" },
])("seven days and those before, $name", ({ zone, now, last, previous }) => {
  const bounds = lastAndPrevious(7, new Date(now), zone);
  expect([text(bounds.last), text(bounds.previous)]).toEqual([last, previous]);
}); // prettier-ignore

it.each(["2026-11-21T14:37:59Z", "2026-11-21T00:00:00Z", "2026-03-10T03:15:00Z"])(
  "of seven days lie within those of 30, on %s",
  (now) => {
    for (const zone of ["UTC", "America/New_York"]) {
      const { last7, previous7, last30 } = windowBounds(new Date(now), zone);
      expect([last7, previous7].map(({ from, to }) => from >= last30.from && to <= last30.to)).toEqual([
        true,
        true,
      ]);
    }
  },
);
