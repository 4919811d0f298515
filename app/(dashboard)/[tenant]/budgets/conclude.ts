import { formatDay } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import type { BudgetStatus } from "@/server/budgets/status";
import { subjectName } from "./words";

/** What of a status the sentence is made of. */
export type Concluded = Pick<BudgetStatus, "passedOn" | "forecast" | "reason"> & {
  budget: Pick<BudgetStatus["budget"], "subject" | "period">;
  period: Pick<BudgetStatus["period"], "last">;
};

/** As a sentence goes on after it. */
const nameOf = ({ budget }: Concluded) =>
  budget.subject.kind === "tenant" ? "that of the organisation" : subjectName(budget.subject);
const byDay = (one: Concluded, other: Concluded) => ((one.passedOn ?? "") < (other.passedOn ?? "") ? -1 : 1);
const be = (count: number) => (count === 1 ? "is" : "are");

/**
 * What the list comes to: how many budgets of the month were passed, how many will be and which first, and the day's.
 * @param today local day
 */
export function conclude(budgets: readonly Concluded[], today: string): string {
  const monthly = budgets.filter(({ budget }) => budget.period === "month");
  const daily = budgets.filter(({ budget }) => budget.period === "day");
  return [ofMonths(monthly, today), ofDays(daily)].filter((sentence) => sentence !== null).join(" ");
}

function ofMonths(monthly: readonly Concluded[], today: string): string | null {
  const [any] = monthly;
  if (!any) return null;
  const end = `the end of ${monthOf(any.period.last)}`;
  // A day before today is over; today's own passing is still a forecast or has just come.
  const passed = monthly.filter(({ passedOn }) => passedOn !== null && passedOn < today);
  const coming = monthly.filter(({ passedOn }) => passedOn !== null && passedOn >= today).sort(byDay);
  const unknown = monthly.filter(({ forecast }) => forecast === null).length;
  const [first] = coming;
  const of = `of ${plural(monthly.length, "monthly budget")}`;
  const lack = unknown === 0 ? "" : ` ${plural(unknown, "budget")} cannot be forecast yet.`;
  if (!first && passed.length === 0) {
    if (unknown === monthly.length) return `No budget can be forecast yet.`;
    const held = monthly.length - unknown;
    return held === 1
      ? `The ${unknown === 0 ? "" : "other "}monthly budget will hold to ${end}.${lack}`
      : `All ${String(held)} monthly budgets ${unknown === 0 ? "" : "with a forecast "}will hold to ${end}.${lack}`;
  }
  const gone =
    passed.length === 0 ? "" : `${String(passed.length)} ${of} ${be(passed.length)} exceeded already`;
  if (!first) return `${gone}; the others will hold to ${end}.${lack}`;
  const when = first.passedOn === today ? "today" : `on ${formatDay(first.passedOn ?? today)}`;
  const ahead =
    coming.length === 1
      ? `will be exceeded by ${end}: ${nameOf(first)}, ${when}.`
      : `will be exceeded by ${end}, ${nameOf(first)} first, ${when}.`;
  return gone === ""
    ? `${String(coming.length)} ${of} ${ahead}${lack}`
    : `${gone}; ${String(coming.length)} more ${ahead}${lack}`;
}

function ofDays(daily: readonly Concluded[]): string | null {
  const over = daily.filter(({ passedOn }) => passedOn !== null);
  const [first] = over;
  if (!first) return null;
  return over.length === 1
    ? `Today's limit of ${nameOf(first)} will not hold.`
    : `${String(over.length)} of today's limits will not hold, among them ${nameOf(first)}.`;
}

const monthOf = (day: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long" }).format(new Date(`${day}T00:00:00Z`));
