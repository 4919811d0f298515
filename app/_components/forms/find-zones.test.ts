import { describe, expect, it } from "vitest";
import { allZones, findZones } from "./find-zones";

const zones = [
  "UTC",
  "America/New_York",
  "America/North_Dakota/New_Salem",
  "America/St_Johns",
  "Asia/Kolkata",
  "Europe/Berlin",
  "Pacific/Auckland",
  "Pacific/Johnston",
];

describe("findZones", () => {
  it.each([
    ["a city", "berlin", ["Europe/Berlin"]],
    ["two words, in any writing", "new york", ["America/New_York"]],
    ["with the continent", "asia/kol", ["Asia/Kolkata"]],
    ["every match", "new", ["America/New_York", "America/North_Dakota/New_Salem"]],
    ["a city's start before its middle", "john", ["Pacific/Johnston", "America/St_Johns"]],
    ["nothing that there is not", "atlantis", []],
  ])("finds %s", (_case, query, found) => expect(findZones(zones, query, 8)).toEqual(found));

  it("shows the first ones for an empty search", () =>
    expect(findZones(zones, " ", 2)).toEqual(["UTC", "America/New_York"]));
  it("knows UTC, whatever the platform lists", () =>
    expect(allZones().filter((zone) => zone === "UTC")).toHaveLength(1));
});
