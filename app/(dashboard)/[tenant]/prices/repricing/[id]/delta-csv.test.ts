import { expect, it } from "vitest";
import { deltaCsv } from "./delta-csv";
import type { DeltaRow } from "./delta-table";

const row: DeltaRow = {
  phase: "preview",
  month: "2026-11",
  closed: false,
  feature: '=SUM("A1", 2)',
  calls: 2,
  newlyPriced: 0,
  beforeUsd: "1.5",
  afterUsd: "1.000000000000000001",
  deltaUsd: "-0.499999999999999999",
};

it("keeps every digit, quotes what needs it and lets no name be a formula", () => {
  expect(deltaCsv([row])).toBe(
    "month,closed,feature,calls,newlyPriced,beforeUsd,afterUsd,deltaUsd\r\n" +
      `2026-11,false,"'=SUM(""A1"", 2)",2,0,1.5,1.000000000000000001,-0.499999999999999999\r\n`,
  );
});
