import { describe, expect, it } from "vitest";
import { afterLook, afterMeasuring } from "./lifecycle";
import type { Measured, State } from "./schemas";

const finding = (savingUsd: string) => ({ savingUsd });

describe("after a look", () => {
  it.each<[string, State | null, string | null, string | null, State]>([
    ["found for the first time", null, null, "5", "open"],
    ["found again", "open", null, "5", "open"],
    ["not found any more", "open", null, null, "gone"],
    ["gone, and not found", "gone", null, null, "gone"],
    ["gone, and back", "gone", null, "5", "open"],
    ["dismissed, and found as it was", "dismissed", "5", "5", "dismissed"],
    ["dismissed, and a hair below double", "dismissed", "5", "9.999999999999999999", "dismissed"],
    ["dismissed, and just double", "dismissed", "5", "10", "open"],
    ["dismissed, and not found", "dismissed", "5", null, "dismissed"],
    ["accepted, and still found", "accepted", null, "50", "accepted"],
    ["accepted, and not found any more, which proves nothing", "accepted", null, null, "accepted"],
    ["verified, and found again", "verified", null, "50", "verified"],
    ["not seen, and found again", "not_seen", null, "50", "not_seen"],
  ])("%s", (_name, state, dismissedUsd, savingUsd, expected) => {
    const known = state && { state, dismissedUsd };
    expect(afterLook(known, savingUsd === null ? null : finding(savingUsd))).toBe(expected);
  });
});

describe("after measuring", () => {
  const told = (isSeen: boolean) => ({ isSeen }) as Measured;
  it.each<[string, State, Measured | null, number, State]>([
    ["too early to say", "accepted", null, 13, "accepted"],
    ["it shows after two weeks", "accepted", told(true), 14, "verified"],
    ["it does not show yet", "accepted", told(false), 29, "accepted"],
    ["it does not show after a month", "accepted", told(false), 30, "not_seen"],
    ["nothing could be said after a month", "accepted", null, 30, "not_seen"],
    ["it showed and lasted", "verified", told(true), 30, "verified"],
    ["it showed and did not last", "verified", told(false), 30, "not_seen"],
    ["corrected figures show it after all", "not_seen", told(true), 30, "verified"],
    ["nobody accepted it", "open", told(true), 30, "open"],
    ["it was dismissed", "dismissed", told(true), 30, "dismissed"],
  ])("%s", (_name, state, measured, days, expected) => {
    expect(afterMeasuring(state, measured, days)).toBe(expected);
  });
});
