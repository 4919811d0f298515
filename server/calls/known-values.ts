import type { Ctx } from "@/server/context";
import { LRUCache } from "lru-cache";
import { insertTagValues } from "./queries";
import { capOf, type TagValue } from "./tag-caps";

/** What this process knows of a tenant's day: values that are in, and how many each tag has. */
interface Day {
  values: Set<string>;
  /** Tags that are full: what is not in `values` never will be today. */
  full: Set<string>;
}

const days = new LRUCache<string, Day>({ max: 2_000 });
const keyOf = ({ tag, value }: TagValue) => `${tag}\0${value}`;

function dayOf(ctx: Ctx): { date: string; day: Day } {
  const date = ctx.now.toISOString().slice(0, 10);
  const key = `${ctx.tenant.id} ${date}`;
  const known = days.get(key);
  if (known) return { date, day: known };
  const day: Day = { values: new Set(), full: new Set() };
  days.set(key, day);
  return { date, day };
}

/**
 * Notes the values that the tenant uses today, up to each tag's cap, and tells which fit. A value that was seen before
 * costs nothing; a new one asks the database, which counts for all processes alike.
 */
export async function admitTagValues(
  ctx: Ctx,
  wanted: readonly TagValue[],
): Promise<(tag: TagValue) => boolean> {
  const { date, day } = dayOf(ctx);
  const isUnknown = (tag: TagValue) => !day.values.has(keyOf(tag)) && !day.full.has(tag.tag);
  const unknown = new Map(wanted.filter(isUnknown).map((tag) => [keyOf(tag), tag]));
  if (unknown.size > 0) {
    const asked = [...unknown.values()].map((tag) => ({ ...tag, cap: capOf(tag.tag) }));
    const admitted = await ctx.db.ingest((db) => insertTagValues(db, ctx.tenant.id, date, asked));
    for (const tag of admitted) day.values.add(keyOf(tag));
    for (const [key, { tag }] of unknown) if (!day.values.has(key)) day.full.add(tag);
  }
  return (tag) => day.values.has(keyOf(tag));
}
