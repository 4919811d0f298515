import { expect, it } from "vitest";
import { chooseNext } from "./choose";
import type { Guarantee } from "./schemas";

const now = new Date("2026-11-20T12:00:00Z");
const ago = (seconds: number, isDigest = false, guarantee: Guarantee = "at_most_once") => ({
  at: new Date(now.getTime() - seconds * 1_000),
  isDigest,
  guarantee,
});
const alerts = (count: number, guarantee: Guarantee = "at_most_once") =>
  Array.from({ length: count }, (_, at) => ({
    id: `${guarantee === "at_most_once" ? "a" : "b"}${at}`,
    kind: "incident" as const,
    guarantee,
  }));
const other = (id: string, kind: "digest" | "report") => ({ id, kind, guarantee: "at_most_once" as const });
const times = (count: number, seconds: number) => Array.from({ length: count }, () => ago(seconds));
const digest = (ids: string[], guarantee: Guarantee = "at_most_once") => ({ what: "digest", ids, guarantee });
const until = (seconds: number) => ({ what: "wait", until: new Date(now.getTime() + seconds * 1_000) });

it.each([
  ["nothing waits", [], [], { what: "nothing" }],
  ["nothing waits in a flood", [], times(9, 1), { what: "nothing" }],
  ["one waits", alerts(1), [], { what: "single", id: "a0" }],
  ["five wait, none was sent", alerts(5), [], { what: "single", id: "a0" }],
  ["six wait, none was sent", alerts(6), [], digest(["a0", "a1", "a2", "a3", "a4", "a5"])],
  ["the fifth of a minute", alerts(1), times(4, 30), { what: "single", id: "a0" }],
  ["the sixth of a minute", alerts(1), times(5, 30), digest(["a0"])],
  ["a digest 59 s ago", alerts(1), [ago(59, true)], until(1)],
  ["a digest 60 s ago", alerts(1), [ago(60, true)], { what: "single", id: "a0" }],
  ["two digests, the newer counts", alerts(3), [ago(50, true), ago(10, true)], until(50)],
  ["both kinds of promise in a flood: the oldest's first", [...alerts(3, "at_least_once"), ...alerts(4)], [], digest(["b0", "b1", "b2"], "at_least_once")],
  ["then the other's", [...alerts(1, "at_least_once"), ...alerts(4)], [ago(1, true, "at_least_once"), ...times(4, 9)], digest(["a0", "a1", "a2", "a3"])],
  ["then both wait, for the first of them", [...alerts(3), ...alerts(3, "at_least_once")], [ago(10, true), ago(20, true, "at_least_once")], until(40)],
  ["a digest of one kind holds the other up not at all", alerts(1, "at_least_once"), [ago(10, true)], { what: "single", id: "b0" }],
  ["a digest that is repeated is not put into another", [...alerts(7), other("d", "digest")], [], { what: "single", id: "d" }],
  ["a report does not wait for the flood", [...alerts(7), other("r", "report")], [ago(1, true)], { what: "single", id: "r" }],
])("%s", (_name, waiting, recent, choice) => {
  expect(chooseNext(waiting, recent, now)).toEqual(choice);
}); // prettier-ignore
