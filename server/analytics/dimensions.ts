import { DomainError } from "@/server/errors";
import {
  everything,
  peopleOfFeatures,
  type UserDimension,
  userDimensions,
  type WorkDimension,
  workDimensions,
} from "@/server/rollups/shape";
import type { Grouping, SpendFilter } from "./schemas";

export type Dimension = WorkDimension | UserDimension;

/** The roll-ups' column of each tag. */
export const columnOf = {
  feature: "feature",
  user: "user_id",
  account: "account_id",
  model: "model",
  provider: "provider",
  prompt: "prompt_id",
  promptVersion: "prompt_version",
  team: "team",
  environment: "environment",
  kind: "kind",
  error: "error_class",
} as const satisfies Record<Grouping, Dimension>;

/** Which roll-ups know the tags of a question. */
export type Family =
  /** At most one tag: that tag's own roll-ups (of days by user, where the tag is one of people). */
  | { kind: "projection"; dimension: Dimension | typeof everything; ofUsers: boolean }
  /** Tags of the work, in any combination. */
  | { kind: "work" }
  /** People together with what the days by user know; `isSummed`: of these tags there are blocks and months, too. */
  | { kind: "users"; isSummed: boolean };

const isOf = (names: readonly string[], name: string) => names.includes(name);

/** @throws DomainError INVALID_INPUT for tags that no roll-up has together */
export function familyOf(groupings: readonly Grouping[], filter: SpendFilter): Family {
  const named = new Set<Grouping>([...groupings, ...(Object.keys(filter) as Grouping[])]);
  const columns = [...named].map((name) => columnOf[name]);
  const ofUsers = columns.some((column) => !isOf(workDimensions, column));
  if (named.size <= 1) return { kind: "projection", dimension: columns[0] ?? everything, ofUsers };
  if (!ofUsers) return { kind: "work" };
  const missing = [...named].find((name) => !isOf(userDimensions, columnOf[name]));
  if (missing !== undefined) {
    throw new DomainError(
      "INVALID_INPUT",
      `Users and ${missing} cannot be combined; the list of calls can be filtered by both.`,
      { field: "filter" },
    );
  }
  // The days of some users are found by an index of their own, and are few; with a feature named, so are its sums, and fewer.
  const isFewDays = filter.user !== undefined && filter.feature === undefined;
  const isSummed = !isFewDays && columns.every((column) => isOf(peopleOfFeatures, column));
  return { kind: "users", isSummed };
}

/** Whether the groups are people, who may be very many. */
export const isOfPeople = ({ groupBy }: { groupBy: Grouping }): boolean =>
  !isOf(workDimensions, columnOf[groupBy]);
