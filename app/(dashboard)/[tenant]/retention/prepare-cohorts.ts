import { formatDate, formatMonth } from "@/app/_format/dates";
import { formatTotal, toGeometry } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import type { Grain } from "@/server/activity/schemas";
import type { CohortView } from "./search-params";

type Answer = Outputs["reports"]["retention"];
type Cohort = Answer["cohorts"][number];
type Cell = Cohort["cells"][number];
type Age = Answer["ages"][number];

export interface HeatCell {
  age: number;
  /** In the cell. */
  text: string;
  /** For whoever points at it, and for readers. */
  title: string;
  /** 0: nothing; 1 to 5: fifths; null: nothing can be said. */
  level: 0 | 1 | 2 | 3 | 4 | 5 | null;
  isRunning: boolean;
}

export interface HeatRow {
  /** First day of the cohort. */
  key: string;
  name: string;
  users: number;
  isTooFew: boolean;
  cells: HeatCell[];
}

export interface HeatGrid {
  /** Ages that some cohort has, 0 first. */
  ages: number[];
  /** All cohorts together; null where they have no common figure. */
  all: HeatRow | null;
  rows: HeatRow[];
}

export const periodName = (period: string, grain: Grain) =>
  grain === "month" ? formatMonth(period.slice(0, 7)) : formatDate(`${period}T00:00:00Z`, "UTC");

/** "in the same month", "1 month later" */
export const ageWords = (age: number, grain: Grain) =>
  age === 0 ? `in the first ${grain}` : `${plural(age, grain)} later`;

export const intervalWords = (low: string, high: string) =>
  `${formatShare(Number(low))} – ${formatShare(Number(high))}`;

const fifth = (part: number): HeatCell["level"] =>
  part <= 0 ? 0 : (Math.min(5, Math.max(1, Math.ceil(part * 5))) as HeatCell["level"]);

const unpricedWords = (calls: number) =>
  calls === 0 ? "" : ` + ${plural(calls, "call")} unpriced, in no amount.`;

interface Told extends Pick<Cell, "activeUsers" | "share" | "low" | "high" | "costUsd" | "costPerUserUsd" | "unpricedCalls"> {
  users: number;
  isTooFew: boolean;
} // prettier-ignore

function retentionWords({ users, activeUsers, share, low, high }: Told, minUsers: number) {
  const counted = `${formatCount(activeUsers)} of ${plural(users, "user")}`;
  if (share === null)
    return {
      text: `${formatCount(activeUsers)}/${formatCount(users)}`,
      title: `${counted}: too few users to say. Shares are told of ${String(minUsers)} users or more.`,
      level: null,
    };
  const interval = low === null || high === null ? "" : `; 95 % interval ${intervalWords(low, high)}`;
  const title = `${counted}, ${formatShare(Number(share))}${interval}.`;
  return { text: formatShare(Number(share)), title, level: fifth(Number(share)) };
}

function costWords(told: Told, highest: number, minUsers: number) {
  const { activeUsers, costPerUserUsd, costUsd, isTooFew, unpricedCalls } = told;
  if (activeUsers === 0) return { text: "–", title: "Nobody was there.", level: null };
  const cost = `${plural(activeUsers, "user")} cost ${formatTotal(costUsd)}`;
  const unpriced = unpricedWords(unpricedCalls);
  if (isTooFew || costPerUserUsd === null)
    return {
      text: "too few",
      title: `${cost}: too few users to say what one costs, it takes ${String(minUsers)}.${unpriced}`,
      level: null,
    };
  return {
    text: `${formatTotal(costPerUserUsd)}${unpricedCalls > 0 ? "+" : ""}`,
    title: `${cost}, ${formatTotal(costPerUserUsd)} each.${unpriced}`,
    level: highest === 0 ? 0 : fifth(toGeometry(costPerUserUsd) / highest),
  };
}

function leftWords({ leftUsers, leftCostUsd }: Cell, highest: number) {
  if (leftUsers === 0) return { text: "–", title: "Nobody had left by then.", level: null };
  return {
    text: formatTotal(leftCostUsd),
    title: `${plural(leftUsers, "user")} had left by then, who had cost ${formatTotal(leftCostUsd)} in all.`,
    level: highest === 0 ? 0 : fifth(toGeometry(leftCostUsd) / highest),
  };
}

/** The grid of a view: what each cell says, and how dark it is. */
export function prepareCohorts(answer: Pick<Answer, "cohorts" | "ages" | "grain" | "minUsers">, view: CohortView): HeatGrid {
  const { cohorts, ages, grain, minUsers } = answer;
  const highestOf = (of: (cell: Cell) => string | null) =>
    Math.max(0, ...cohorts.flatMap(({ cells }) => cells.map((cell) => toGeometry(of(cell) ?? "0"))));
  const highest = view === "left" ? highestOf((cell) => cell.leftCostUsd) : highestOf((cell) => cell.costPerUserUsd);
  const wordsOf = (told: Told) =>
    view === "retention" ? retentionWords(told, minUsers) : costWords(told, highest, minUsers);
  const cellOf = ({ users, isTooFew }: Cohort, cell: Cell): HeatCell => {
    const words = view === "left" ? leftWords(cell, highest) : wordsOf({ ...cell, users, isTooFew });
    const where = `${periodName(cell.period, grain)}, ${ageWords(cell.age, grain)}: `;
    const running = cell.isRunning ? ` The ${grain} is not over.` : "";
    return { age: cell.age, ...words, title: where + words.title + running, isRunning: cell.isRunning };
  };
  const allOf = (age: Age): HeatCell => {
    const words = wordsOf(age);
    const title = `${plural(age.cohorts, "cohort")}, ${ageWords(age.age, grain)}: ${words.title}`;
    return { age: age.age, ...words, title, isRunning: false };
  };
  const longest = Math.max(0, ...cohorts.map(({ cells }) => cells.length));
  const users = cohorts.reduce((sum, cohort) => sum + cohort.users, 0);
  return {
    ages: Array.from({ length: longest }, (_, age) => age),
    all:
      view === "left" || ages.length === 0
        ? null
        : { key: "all", name: "All cohorts", users, isTooFew: users < minUsers, cells: ages.map(allOf) },
    // The newest first: that is what somebody can still do something about.
    rows: cohorts.toReversed().map((cohort) => ({
      key: cohort.cohort,
      name: periodName(cohort.cohort, grain),
      users: cohort.users,
      isTooFew: cohort.isTooFew,
      cells: cohort.cells.map((cell) => cellOf(cohort, cell)),
    })),
  };
} // prettier-ignore
