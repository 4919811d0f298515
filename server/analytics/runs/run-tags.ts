import { Prisma } from "@/prisma/generated/client";
import { type RunFilter, runFilters, type RunTag } from "../runs-schemas";

const columns = {
  feature: "feature",
  team: "team",
  user: "user_id",
  account: "account_id",
  environment: "environment",
} as const satisfies Record<RunFilter, string>;

/** A row of VALUES for each tag of a run: its name, its column. */
export const tagValues = Prisma.raw(runFilters.map((name) => `('${name}', ${columns[name]})`).join(", "));

export const withoutTags = (): Record<RunFilter, RunTag> => ({
  feature: { key: null, others: 0 },
  team: { key: null, others: 0 },
  user: { key: null, others: 0 },
  account: { key: null, others: 0 },
  environment: { key: null, others: 0 },
});
