import { describe, expect, it } from "vitest";
import { conflictFault } from "@/server/calls/store";
import { admit } from "@/server/calls/admit";
import { keptOutReason, keptOutSentence } from "./kept-out-reasons";

const window = { maxAgeDays: 35, maxAheadMinutes: 5 };
const now = new Date("2026-11-20T12:00:00Z");

function faultOf(occurredAt: string) {
  const admission = admit({ id: "a", occurredAt, model: "m" }, 0, { now, pins: {}, anyAge: false });
  return admission.ok ? admission.call.quarantine : null;
}

describe("what ingest keeps out", () => {
  const faults = [
    ["a conflict", conflictFault, "Same id, other content"],
    ["an old call", faultOf("2026-10-01T00:00:00Z"), "Too old"],
    ["a call of the future", faultOf("2026-11-20T13:00:00Z"), "Ahead of our clock"],
  ] as const;
  it.each(faults)("%s has a reason and advice", (_name, fault, label) => {
    expect(keptOutReason(fault?.code ?? "", window)?.label).toBe(label);
  });
  it("is told in sentences", () => {
    expect(faults.map(([, fault]) => fault && keptOutSentence(fault))).toEqual([
      "This id is already in the ledger with other content; the call is kept in quarantine.",
      "occurredAt is more than 35 days ago; bring history in through the importer.",
      "occurredAt is more than 5 minutes ahead of our clock; check the sender's.",
    ]);
  });
});

it.each(["toString", "NEWER_CODE"])("%s is no reason that we know", (code) => {
  expect(keptOutReason(code, window)).toBeNull();
});

it.each([
  [{ field: null, message: "is not a call" }, "Is not a call."],
  [{ field: "id", message: "Already a sentence." }, "Already a sentence."],
])("%j reads well", (fault, text) => expect(keptOutSentence(fault)).toBe(text));
