import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { readFreshness, type WatermarkAnswer } from "../freshness";
import { PromptChangesInput, type PromptFigures } from "../prompt-schemas";
import { resolveRange } from "../range";
import { type PerCall, perCall } from "./per-call";
import { changeOf, type PromptChange } from "./prompt-change";
import { wholeHistory } from "./prompt-history";
import { loadChanges } from "./versions-query";

export interface PromptChangeRow extends PromptFigures, PerCall {
  prompt: string;
  /** The new version, whose figures in the stretch these are. Null: calls without one. */
  version: string | null;
  change: PromptChange;
}

export interface PromptChangesAnswer {
  /** A page: what costs most more since first; last those of which it is not known. */
  rows: PromptChangeRow[];
  /** Changes to a version that has calls in the stretch; `unknown` of them have too few calls on either side. */
  changes: number;
  unknown: number;
  /** Prompts with so many versions that no change of them is looked for. */
  crowdedPrompts: number;
  watermark: WatermarkAnswer;
  timeZone: string;
  /** Instants. */
  from: string;
  to: string;
}

/**
 * Which prompt is bleeding: new versions that are in use in the stretch, by what their calls cost more (or less) since than
 * the version before would have cost.
 * @throws DomainError INVALID_INPUT for a range or filter that could only be answered partially
 */
export async function promptChanges(
  ctx: Ctx,
  input: z.input<typeof PromptChangesInput>,
): Promise<PromptChangesAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { from, to, filter, offset, limit } = PromptChangesInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(from, to, timeZone);
  const today = localDay(ctx.now, timeZone);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const source = { tenantId, timeZone, built, filter, range, prompts: null };
    const history = await wholeHistory(db, ctx);
    const question = history && { inRange: source, ever: { ...source, range: history }, today };
    const found = question
      ? await loadChanges(db, question, { offset, limit })
      : { rows: [], changes: 0, unknown: 0, crowded: 0 };
    return {
      rows: found.rows.flatMap(({ prompt, version, figures, ...facts }) => {
        const change = changeOf({ ...facts, inRange: figures }, today);
        return change ? [{ prompt, version, ...figures, ...perCall(figures), change }] : [];
      }),
      changes: found.changes,
      unknown: found.unknown,
      crowdedPrompts: found.crowded,
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
    };
  });
}
