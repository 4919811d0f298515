import { expect, it } from "vitest";
import { enforcementSentences } from "./enforcement-sentences";

const chat = { subject: { kind: "feature", key: "chat" }, period: "month", amountUsd: "300", enforcement: "deny" } as const; // prettier-ignore
const begins = "Calls of chat that would take it beyond $300.00 a month are refused until the next month begins, in apps that ask the gate."; // prettier-ignore

it.each([
  ["not known what is used", chat, undefined, [begins]],
  ["less is used", chat, "299.999", [begins, "$300.00 is used this month so far."]],
  ["all of it is used", chat, "300", [begins, "$300.00 is used this month already, so it begins at once."]],
  ["nothing is used", chat, "0", [begins, "$0.00 is used this month so far."]],
  ["a day's of everybody, to be confirmed", { ...chat, subject: { kind: "tenant", key: "" }, period: "day", enforcement: "ask" }, "400",
    ["Calls of the organisation that would take it beyond $300.00 a day are refused until somebody confirms them, in apps that ask the gate.",
     "$400.00 is used today already, so it begins at once."]],
] as const)("%s", (_, enforced, used, sentences) => expect(enforcementSentences(enforced, used)).toEqual(sentences)); // prettier-ignore
