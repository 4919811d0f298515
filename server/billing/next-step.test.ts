import { describe, expect, it } from "vitest";
import { nextStep, type StandingConnection, type StandingRow } from "./next-step";
import { windowState } from "./window-state";
import { cursorOf, parseCursor } from "./window-cursor";

const now = new Date("2026-11-22T12:00:00Z");
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const row: StandingRow = { state: "pending", notBefore: at(-1), triedAt: null, unsureSince: null, isTooLong: false }; // prettier-ignore
const well: StandingConnection = { state: "active", notBefore: null, comparedAt: at(-1) };
const failing: StandingConnection = { ...well, state: "failing" };

describe("what happens to an outbox row next", () => {
  const cases: [string, Partial<StandingRow>, StandingConnection, ReturnType<typeof nextStep>][] = [
    ["waits for the next run", {}, well, { step: "send", at: null }],
    ["waits until its next try", { notBefore: at(2) }, well, { step: "send", at: at(2) }],
    ["waits as long as Stripe asked for", { notBefore: at(1) }, { ...well, notBefore: at(3) }, { step: "send", at: at(3) }],
    ["waits for another key", {}, failing, { step: "mend_key", at: null }],
    ["is repeated while Stripe remembers it", { state: "unknown", unsureSince: at(-19), triedAt: at(-1), notBefore: at(1) }, well, { step: "repeat", at: at(1) }],
    ["is not repeated after that: sums decide, once they are settled", { state: "unknown", unsureSince: at(-20), triedAt: at(-2) }, well, { step: "ask_sums", at: at(4) }],
    ["is decided with the next run where the sums are settled", { state: "unknown", unsureSince: at(-30), triedAt: at(-7) }, well, { step: "ask_sums", at: null }],
    ["cannot be found out with a key that Stripe refuses", { state: "unknown", unsureSince: at(-30), triedAt: at(-7) }, failing, { step: "mend_key", at: null }],
    ["is compared six hours after the last time", { state: "sent" }, well, { step: "compare", at: at(5) }],
    ["is compared with the next run if that was asked for", { state: "sent" }, { ...well, comparedAt: null }, { step: "compare", at: null }],
    ["is done", { state: "confirmed" }, failing, { step: "done", at: null }],
    ["is for people", { state: "refused" }, well, { step: "retry", at: null }],
    ["can never be sent", { state: "refused", isTooLong: true }, well, { step: "cannot_be_sent", at: null }],
    ["is for an invoice item", { state: "too_old" }, well, { step: "invoice_item", at: null }],
  ]; // prettier-ignore
  it.each(cases)("%s", (_, given, connection, expected) => {
    expect(nextStep({ ...row, ...given }, connection, now)).toEqual(expected);
  });
});

it("an hour is as far as the revision that is worst off", () => {
  expect(windowState(["confirmed", "sent"])).toBe("sent");
  expect(windowState(["confirmed", "refused", "pending"])).toBe("refused");
  expect(windowState(["confirmed"])).toBe("confirmed");
});

describe("a cursor", () => {
  const position = { at: now, id: "11111111-1111-4111-8111-111111111111" };
  it("is read as it was written", () => {
    expect(parseCursor(cursorOf(position))).toEqual(position);
  });
  it.each(["", "x_y", `${now.toISOString()}_`, `${cursorOf(position)}_more`])("refuses %j", (cursor) => {
    expect(() => parseCursor(cursor)).toThrow("not one of ours");
  });
});
