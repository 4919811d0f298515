import { expect, it } from "vitest";
import { chooseNext } from "./choose";

const now = new Date("2026-11-20T12:00:00Z");
const ago = (seconds: number, isDigest = false) => ({
  at: new Date(now.getTime() - seconds * 1_000),
  isDigest,
});
const alerts = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `a${at}`, kind: "incident" as const }));
const times = (count: number, seconds: number) => Array.from({ length: count }, () => ago(seconds));

it.each([
  ["nothing waits", [], [], { what: "nothing" }],
  ["nothing waits in a flood", [], times(9, 1), { what: "nothing" }],
  ["one waits", alerts(1), [], { what: "single", id: "a0" }],
  ["five wait, none was sent", alerts(5), [], { what: "single", id: "a0" }],
  ["six wait, none was sent", alerts(6), [], { what: "digest", ids: ["a0", "a1", "a2", "a3", "a4", "a5"] }],
  ["the fifth of a minute", alerts(1), times(4, 30), { what: "single", id: "a0" }],
  ["the sixth of a minute", alerts(1), times(5, 30), { what: "digest", ids: ["a0"] }],
  ["a digest 59 s ago", alerts(1), [ago(59, true)], { what: "wait", until: new Date(now.getTime() + 1_000) }],
  ["a digest 60 s ago", alerts(1), [ago(60, true)], { what: "single", id: "a0" }],
  [
    "two digests, the newer counts",
    alerts(3),
    [ago(50, true), ago(10, true)],
    { what: "wait", until: new Date(now.getTime() + 50_000) },
  ],
  [
    "a digest that is repeated is not put into another",
    [...alerts(7), { id: "d", kind: "digest" as const }],
    [],
    { what: "single", id: "d" },
  ],
  ["a report does not wait for the flood", [...alerts(7), { id: "r", kind: "report" as const }], [ago(1, true)], { what: "single", id: "r" }],
] as const)("%s", (_name, waiting, recent, choice) => {
  expect(chooseNext(waiting, recent, now)).toEqual(choice);
}); // prettier-ignore
