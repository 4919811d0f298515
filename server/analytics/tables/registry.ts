import type { z } from "zod";
import { breakdownTable } from "./breakdown";
import { callsTable } from "./calls";
import { promptChangesTable } from "./prompt-changes";
import { promptVersionsTable } from "./prompt-versions";
import { runsTable } from "./runs";
import { spendTable } from "./spend";
import type { ReportTable } from "./table";
import { trendTable } from "./trend";

/** Every table that can be downloaded, by its name in the address and in the file's. */
export const reportTables = {
  breakdown: breakdownTable,
  calls: callsTable,
  promptChanges: promptChangesTable,
  promptVersions: promptVersionsTable,
  runs: runsTable,
  spend: spendTable,
  trend: trendTable,
} satisfies Record<string, ReportTable>;

export type TableName = keyof typeof reportTables;
/** What each is asked with. */
export type TableInput<Name extends TableName> = z.input<(typeof reportTables)[Name]["input"]>;
