import { createLoader, createSerializer, parseAsString } from "nuqs/server";
import { addDays, type LocalDay } from "@/server/calendar/local-day";
import { scopeParams } from "../_scope/params";
import type { Scope, ScopeParams } from "../_scope/scope";

/** Besides the scope: the prompt that is looked at. It stands in the query, for its id may hold anything, slashes too. */
export const promptParams = { prompt: parseAsString };
export const loadPromptParams = createLoader(promptParams);

const serialize = createSerializer({ ...scopeParams, ...promptParams });

/** A prompt's own page, with this scope. */
export const promptHref = (slug: string, prompt: string, params: Partial<ScopeParams>) =>
  serialize(`/${slug}/prompts`, { ...params, prompt });

/** Rows of the list that are told their versions: as many as it begins with. */
export const versionsTold = 50;

/** Changes that the list of them begins with. */
export const firstChanges = 5;

export const versionsQuestion = ({ report }: Scope) => ({ ...report, top: versionsTold }) as const;
export const promptQuestion = ({ report }: Scope, prompt: string) =>
  ({ ...report, prompt, daily: true }) as const;
export const changesQuestion = ({ report }: Scope, limit: number) => ({ ...report, limit }) as const;

/** The local days of the scope that have begun, in order. */
export function daysOfScope({ days, today }: Pick<Scope, "days" | "today">): LocalDay[] {
  const found: LocalDay[] = [];
  for (let day = days.from; day < days.to && day <= today; day = addDays(day, 1)) found.push(day);
  return found;
}
