import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import { localDay, type LocalDay } from "@/server/calendar/local-day";
import { otherValue } from "@/server/calls/tag-caps";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { readFreshness, type WatermarkAnswer } from "../freshness";
import { mostVersionsTold, type PromptFigures, PromptVersionsInput } from "../prompt-schemas";
import { resolveRange } from "../range";
import { shareOf } from "../share-of";
import { loadDearest } from "./dearest-query";
import { type PerCall, perCall } from "./per-call";
import { changeOf, type PromptChange } from "./prompt-change";
import { wholeHistory } from "./prompt-history";
import { loadVersionDays, loadVersions, type Version } from "./versions-query";

export interface PromptVersion extends PromptFigures, PerCall {
  /** Null: calls of the prompt without a version. */
  version: string | null;
  /** Everything beyond a day's cap of versions; no version itself. */
  isOther: boolean;
  /** The first and last local day that the roll-ups know of, in the stretch or not. */
  firstDay: LocalDay;
  lastDay: LocalDay;
  /** What it changed; null for the prompt's first version, and where no change is looked for. */
  change: PromptChange | null;
  /** Local days of the stretch that have calls of it; null unless asked for. */
  days: ({ day: LocalDay } & PromptFigures)[] | null;
}

export interface PromptReport extends PromptFigures, PerCall {
  /** An id, or the hash of a text that nobody named. */
  prompt: string;
  /** Of the cost of all calls of the stretch, "0" to "1"; null when that is nothing. */
  costShare: string | null;
  /** With calls in the stretch, the newest first. */
  versions: PromptVersion[];
  /** The versions beyond the dearest 50, in one; null: there are none. */
  rest: ({ versions: number } & PromptFigures) | null;
  /** It has more than 200 versions: its text seems to be made for each call, and no change of it is looked for. */
  isCrowded: boolean;
}

export interface PromptVersionsAnswer {
  /** The dearest first. */
  prompts: PromptReport[];
  /** How many prompts there are in the stretch. */
  count: number;
  /** Of all calls of the stretch, and of those without a prompt. */
  total: PromptFigures;
  without: PromptFigures;
  watermark: WatermarkAnswer;
  timeZone: string;
  /** Instants. */
  from: string;
  to: string;
}

const nothing: PromptFigures = {
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: "0",
  unpricedCalls: 0,
  errorCalls: 0,
};

const added = (one: PromptFigures, other: PromptFigures): PromptFigures => ({
  calls: one.calls + other.calls,
  inputTokens: one.inputTokens + other.inputTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  costUsd: usdText(new Usd(one.costUsd).plus(other.costUsd)),
  unpricedCalls: one.unpricedCalls + other.unpricedCalls,
  errorCalls: one.errorCalls + other.errorCalls,
});

const placeOf = ({ prompt, version }: Pick<Version, "prompt" | "version">) =>
  JSON.stringify([prompt, version]);

type Days = Map<string, ({ day: LocalDay } & PromptFigures)[]> | null;

function versionOf(found: Version, today: LocalDay, days: Days): PromptVersion {
  const { version, figures, firstDay, lastDay } = found;
  return {
    version,
    isOther: version === otherValue,
    firstDay,
    lastDay,
    ...figures,
    ...perCall(figures),
    change: changeOf({ ...found, inRange: figures }, today),
    days: days && (days.get(placeOf(found)) ?? []),
  };
}

const newestFirst = (one: PromptVersion, other: PromptVersion) =>
  one.firstDay === other.firstDay ? 0 : one.firstDay < other.firstDay ? 1 : -1;

/**
 * The versions of a prompt, or of the dearest prompts: when each began, what a call of it costs, and what that changed.
 * @throws DomainError INVALID_INPUT for a range or filter that could only be answered partially
 */
export async function promptVersions(
  ctx: Ctx,
  input: z.input<typeof PromptVersionsInput>,
): Promise<PromptVersionsAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { from, to, filter, prompt, top, daily } = PromptVersionsInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(from, to, timeZone);
  const today = localDay(ctx.now, timeZone);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const question = { tenantId, timeZone, built, filter, range };
    const dearest = await loadDearest(db, { ...question, prompt, top });
    const source = { ...question, prompts: dearest.rows.map((row) => row.prompt) };
    const history = dearest.rows.length === 0 ? null : await wholeHistory(db, ctx);
    const versions = history
      ? await loadVersions(db, { inRange: source, ever: { ...source, range: history }, today })
      : [];
    const told = dearest.rows.map((row) => versions.filter((one) => one.prompt === row.prompt));
    const listed = told.map((ofPrompt) => ofPrompt.slice(0, mostVersionsTold));
    const days: Days = daily ? new Map() : null;
    for (const { day, figures, ...place } of days ? await loadVersionDays(db, source, listed.flat()) : []) {
      const key = placeOf(place);
      days?.set(key, [...(days.get(key) ?? []), { day, ...figures }]);
    }
    return {
      prompts: dearest.rows.map((row, at) => {
        const rest = told[at]?.slice(mostVersionsTold) ?? [];
        return {
          prompt: row.prompt,
          ...row.figures,
          ...perCall(row.figures),
          costShare: shareOf(row.figures.costUsd, dearest.total.costUsd),
          versions: (listed[at] ?? []).map((one) => versionOf(one, today, days)).sort(newestFirst),
          rest:
            rest.length === 0
              ? null
              : {
                  versions: rest.length,
                  ...rest.reduce((sum, { figures }) => added(sum, figures), nothing),
                },
          isCrowded: told[at]?.some(({ isCrowded }) => isCrowded) ?? false,
        };
      }),
      count: dearest.prompts,
      total: dearest.total,
      without: dearest.without,
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
    };
  });
}
