import { addDays, type LocalDay } from "@/server/calendar/local-day";
import { addMonths, lastOfMonth } from "@/server/calendar/month";
import { limits } from "./constants";
import type { Guard } from "./schemas";

export interface GuardFacts {
  /** The first of the reviewed month. */
  month: LocalDay;
  protectedReason: string | null;
  /** 1 to 12; empty: all year. */
  seasonalMonths: readonly number[];
  /** Local day; null: longer ago than matters. */
  firstUsedOn: LocalDay | null;
  /** Local day of the tenant's first call. */
  knownSince: LocalDay | null;
}

export interface Guarded {
  guard: Guard;
  /** Why it is not to be killed, in a sentence. */
  sentence: string;
}

const monthName = (number: number) =>
  new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, number - 1, 1));
const numberOf = (month: LocalDay) => Number(month.slice(5, 7));
const dayName = (day: LocalDay) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`)); // prettier-ignore

function season(month: LocalDay, months: readonly number[]): string | null {
  if (months.length === 0 || months.includes(numberOf(month))) return null;
  const next = numberOf(addMonths(month, 1));
  if (months.includes(next)) return `Its season begins next month, in ${monthName(next)}.`;
  return `It is used in ${months.map(monthName).join(", ")}; ${monthName(numberOf(month))} is out of its season.`;
}

/** Why a feature must not be judged by its figures of the month; null: it may. What people have said comes first. */
export function guardOf(facts: GuardFacts): Guarded | null {
  const { month, protectedReason, seasonalMonths, firstUsedOn, knownSince } = facts;
  if (protectedReason !== null) return { guard: "protected", sentence: `Protected: ${protectedReason}` };
  const ofSeason = season(month, seasonalMonths);
  if (ofSeason !== null) return { guard: "seasonal", sentence: ofSeason };
  const newSince = addDays(lastOfMonth(month), 1 - limits.newDays);
  if (firstUsedOn !== null && firstUsedOn > newSince)
    return { guard: "new", sentence: `New: first used on ${dayName(firstUsedOn)}, less than ${String(limits.newDays)} days before the month's end.` }; // prettier-ignore
  if (knownSince !== null && knownSince > month)
    return { guard: "too_little_data", sentence: `Too little is known: the organisation's first call came on ${dayName(knownSince)}, within the month.` }; // prettier-ignore
  return null;
}
