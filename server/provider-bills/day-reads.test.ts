import { describe, expect, it } from "vitest";
import { type DayRead, stateOfDay } from "./day-reads";

const hour = 3_600_000;
const reads = (stream: string, ...said: [hours: number, digest: string][]): DayRead[] =>
  said.map(([hours, digest]) => ({ pullId: `${stream}-${String(hours)}`, stream, day: "2026-10-01", readAt: new Date(hours * hour), digest, fileKind: null, isSettled: false })); // prettier-ignore
const file = (stream: string, fileKind: "cost" | "usage", isSettled: boolean, ...said: [hours: number, digest: string][]) =>
  reads(stream, ...said).map((read): DayRead => ({ ...read, fileKind, isSettled })); // prettier-ignore
const live = new Set(["a", "b"]);

describe("stateOfDay", () => {
  it.each([
    { name: "one read is provisional", all: reads("a", [0, "x"]), isFinal: false, isCorrected: false, pulls: ["a-0"] },
    { name: "two equal ones an hour apart, too", all: reads("a", [0, "x"], [1, "x"]), isFinal: false, isCorrected: false, pulls: ["a-1"] },
    { name: "two equal ones a day apart are final", all: reads("a", [0, "x"], [24, "x"]), isFinal: true, isCorrected: false, pulls: ["a-24"] },
    { name: "a moment less is not", all: reads("a", [0, "x"], [23.99, "x"]), isFinal: false, isCorrected: false, pulls: ["a-23.99"] },
    { name: "a change before it was final is none", all: reads("a", [0, "x"], [12, "y"], [36, "y"]), isFinal: true, isCorrected: false, pulls: ["a-36"] },
    { name: "a change afterwards is a correction", all: reads("a", [0, "x"], [24, "x"], [48, "y"]), isFinal: false, isCorrected: true, pulls: ["a-48"] },
    { name: "which becomes final, too", all: reads("a", [0, "x"], [24, "x"], [48, "y"], [72, "y"]), isFinal: true, isCorrected: true, pulls: ["a-72"] },
    { name: "and may be taken back", all: reads("a", [0, "x"], [24, "x"], [48, "y"], [72, "x"]), isFinal: false, isCorrected: false, pulls: ["a-72"] },
    { name: "all connections have to agree", all: [...reads("a", [0, "x"], [24, "x"]), ...reads("b", [0, "z"])], isFinal: false, isCorrected: false, pulls: ["a-24", "b-0"] },
    { name: "a connection that is gone counts where no other read", all: reads("gone", [0, "x"]), isFinal: false, isCorrected: false, pulls: ["gone-0"] },
    { name: "and not beside one that is there", all: [...reads("gone", [0, "x"]), ...reads("a", [1, "x"])], isFinal: false, isCorrected: false, pulls: ["a-1"] },
    { name: "nor does a file", all: [...file("f", "cost", true, [9, "x"]), ...reads("a", [1, "x"])], isFinal: false, isCorrected: false, pulls: ["a-1"] },
    { name: "nor one beside a connection that is gone", all: [...file("f", "cost", true, [9, "x"]), ...reads("gone", [1, "x"])], isFinal: false, isCorrected: false, pulls: ["gone-1"] },
    { name: "a file alone is as provisional as any read", all: file("f", "cost", false, [0, "x"]), isFinal: false, isCorrected: false, pulls: ["f-0"] },
    { name: "final, if it came after the invoice", all: file("f", "cost", true, [0, "x"]), isFinal: true, isCorrected: false, pulls: ["f-0"] },
    { name: "and a correction of it is one", all: [...file("f", "cost", true, [0, "x"]), ...file("f", "cost", false, [9, "y"])], isFinal: false, isCorrected: true, pulls: ["f-9"] },
    { name: "a file of usage goes with one of charges, and settles nothing", all: [...file("c", "cost", true, [0, "x"]), ...file("u", "usage", false, [0, "x"], [1, "y"])], isFinal: true, isCorrected: false, pulls: ["c-0", "u-1"] },
    { name: "of two that are gone the newer", all: [...reads("gone", [0, "x"]), ...reads("older", [-1, "x"])], isFinal: false, isCorrected: false, pulls: ["gone-0"] },
  ])("$name", ({ all, isFinal, isCorrected, pulls }) => {
    expect(stateOfDay(all, live)).toMatchObject({ isFinal, isCorrected, pulls });
  }); // prettier-ignore

  it("knows nothing of a day that was never read", () => {
    expect(stateOfDay([], live)).toBeNull();
  });

  it("takes no file of usage for a bill", () => {
    expect(stateOfDay(file("u", "usage", true, [0, "x"]), live)).toBeNull();
  });

  it("names what was final before a correction", () => {
    expect(stateOfDay(reads("a", [0, "x"], [24, "x"], [48, "y"]), live)?.before).toEqual(["a-24"]);
  });
});
