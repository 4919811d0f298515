import { expect, it } from "vitest";
import { concludeGate } from "./conclude-gate";

const tells = { enforcement: null };
const asks = { enforcement: "ask" as const };
const denies = { enforcement: "deny" as const };

it.each([
  ["no budget", [], "Apps ask it before each call. With a budget it has something to keep."],
  ["one that only tells", [tells], "Apps ask it before each call. It enforces none of 1 budget: they only tell."],
  ["one that denies", [denies, tells], "Apps ask it before each call. It enforces 1 of 2 budgets: 1 by refusing calls."],
  ["one that asks", [asks], "Apps ask it before each call. It enforces 1 of 1 budget: 1 by having them confirmed."],
  ["both", [asks, denies, tells, denies], "Apps ask it before each call. It enforces 3 of 4 budgets: 2 by refusing calls, 1 by having them confirmed."],
] as const)("%s", (_, budgets, sentence) => expect(concludeGate(budgets)).toBe(sentence)); // prettier-ignore
