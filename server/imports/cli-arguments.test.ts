import { describe, expect, it } from "vitest";
import { checkMapping, parseArguments, UsageError } from "./cli-arguments";

describe("the command line of an import", () => {
  it("is read", () => {
    const args = [
      "calls.csv",
      "--tenant",
      "demo",
      "--map",
      "occurredAt=When, exactly",
      "--set",
      "model=a=b",
      "--dry-run",
    ];
    expect(parseArguments(args)).toEqual({
      file: "calls.csv",
      tenant: "demo",
      columns: { occurredAt: "When, exactly" },
      set: { model: "a=b" },
      zone: "UTC",
      dryRun: true,
    });
  });

  it.each([
    [["--tenant", "demo"], "Name one file"],
    [["a.csv", "b.csv", "--tenant", "demo"], "Name one file"],
    [["a.csv"], "--tenant"],
    [["a.csv", "--tenant", "demo", "--map", "occurredAt"], "FIELD=COLUMN"],
    [["a.csv", "--tenant", "demo", "--colour", "red"], "--colour"],
  ])("%j is refused in a sentence", (args, sentence) => {
    expect(() => parseArguments(args)).toThrow(UsageError);
    expect(() => parseArguments(args)).toThrow(sentence);
  });

  it.each([
    [{ columns: { occuredAt: "T" }, set: {}, zone: "UTC" }, "occuredAt: is not a field of a call"],
    [{ columns: { model: "T" }, set: {}, zone: "UTC" }, "occurredAt: name the column"],
    [{ columns: { occurredAt: "Time" }, set: {}, zone: "UTC" }, "The file has no column Time; it has T, N."],
    [{ columns: { occurredAt: "T" }, set: {}, zone: "Mars/Phobos" }, "IANA time zone"],
  ])("%j is no mapping for the file", (mapping, sentence) => {
    expect(() => checkMapping(mapping, ["T", "N"])).toThrow(sentence);
  });
});
