import { expect, it } from "vitest";
import { differenceWords } from "./difference-words";
import type { Fire } from "./prepare-fires";

const fire = (key: string, more: Partial<Fire> = {}): Fire => ({
  subject: { kind: "feature", key }, firedAt: "2026-11-03T16:00:00.000Z", window: { from: "2026-11-03T15:00:00.000Z" }, lastSeenAt: "2026-11-03T18:00:00.000Z",
  isNoise: false, sentence: "", beforeUsd: "3.10", missedUsd: "12.40", ...more,
}); // prettier-ignore
const run = (...fires: Fire[]) => ({ fires, total: fires.length, noise: 0 });

it.each([
  ["the same", run(fire("chat")), run(fire("chat")), "The draft tells the same."],
  ["less", run(fire("chat"), fire("mail", { isNoise: true })), run(fire("chat")), "The draft leaves out 1 alert (1 of them noise), worth $15.50 beyond what was expected."],
  ["more, not told in USD", run(), run(fire("chat", { beforeUsd: null, missedUsd: null })), "The draft adds 1 alert."],
  ["others", run(fire("chat")), run(fire("mail"), fire("code")), "The draft leaves out 1 alert, worth $15.50 beyond what was expected, and adds 2 alerts, worth $31.00 beyond what was expected."],
  ["too many to be compared", { ...run(fire("chat")), total: 501 }, run(fire("chat")), "The draft tells the same. Of the newest alone."],
])("says %s", (_, saved, draft, words) => expect(differenceWords(saved, draft)).toBe(words)); // prettier-ignore
