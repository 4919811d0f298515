import { expect, it } from "vitest";
import { concludeIncidents } from "./conclude-incidents";

const none = { open: 0, acknowledged: 0, snoozed: 0, critical: 0 };

it.each([
  ["nothing", none, "Nobody has to look at anything."],
  ["one", { ...none, open: 1 }, "1 incident nobody has looked at."],
  ["one, critical", { ...none, open: 1, critical: 1 }, "1 incident nobody has looked at, critical."],
  ["some critical", { ...none, open: 3, critical: 1 }, "3 incidents nobody has looked at, 1 of them critical."],
  ["in somebody's hands alone", { ...none, acknowledged: 2, snoozed: 1 }, "Nobody has to look at anything. 2 acknowledged, 1 snoozed."],
  ["everything", { open: 1200, acknowledged: 1, snoozed: 0, critical: 0 }, "1,200 incidents nobody has looked at. 1 acknowledged."],
])("%s", (_, unresolved, sentence) => expect(concludeIncidents(unresolved)).toBe(sentence)); // prettier-ignore
