import { createHash } from "node:crypto";
import { z } from "zod";
import { arrayLiteral } from "@/server/calls/array-literal";
import type { Db } from "@/server/db";
import { Usd } from "@/server/prices/decimal";

const minuteMs = 60_000;

export interface Beat {
  asked: number;
  usd: Usd;
}
interface Print {
  feature?: string;
  userId?: string;
  promptHash?: string;
}

const digest = (parts: readonly (string | null)[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/** By what a call is known again: the same prompt for the same feature and user; and any prompt of theirs. */
export function printsOf({ feature, userId, promptHash }: Print): { loop: string | null; pace: string } {
  const whose = [feature ?? null, userId ?? null];
  return {
    loop: promptHash === undefined ? null : digest(["loop", ...whose, promptHash]),
    pace: digest(["pace", ...whose]),
  };
}

/**
 * Of a minute that ends now: all of the running one, and of the one before the part that the minute still reaches,
 * taking its calls as spread evenly (a sliding window over two counters).
 */
export function slidingMinute(running: Beat, before: Beat, now: Date): Beat {
  const left = 1 - (now.getTime() % minuteMs) / minuteMs;
  return { asked: running.asked + before.asked * left, usd: running.usd.plus(before.usd.times(left)) };
}

export const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / minuteMs) * minuteMs);
const none: Beat = { asked: 0, usd: new Usd(0) };

/** The beats of some prints in this minute and the one before. */
export class Beats {
  private readonly counted = new Map<string, Beat>();
  private readonly changed = new Set<string>();

  constructor(
    private readonly now: Date,
    rows: readonly { print: string; minute: Date; asked: number; usd: Usd }[],
  ) {
    for (const { print, minute, ...beat } of rows) this.counted.set(this.place(print, minute), beat);
  }

  private place(print: string, minute: Date): string {
    return `${print} ${minute.toISOString()}`;
  }

  /** Counts one more, and tells of the minute that ends with it. */
  count(print: string, usd: Usd): Beat {
    const minute = minuteOf(this.now);
    const place = this.place(print, minute);
    const running = this.counted.get(place) ?? none;
    const next = { asked: running.asked + 1, usd: running.usd.plus(usd) };
    this.counted.set(place, next);
    this.changed.add(print);
    const before = this.counted.get(this.place(print, new Date(minute.getTime() - minuteMs))) ?? none;
    return slidingMinute(next, before, this.now);
  }

  /** Of the running minute, what was counted here. */
  changes(): { print: string; beat: Beat }[] {
    const minute = minuteOf(this.now);
    return [...this.changed].map((print) => ({
      print,
      beat: this.counted.get(this.place(print, minute)) ?? none,
    }));
  }
}

const Row = z.object({
  print: z.string(),
  minute: z.date(),
  asked: z.number(),
  usd: z.string().transform((text) => new Usd(text)),
});

export async function loadBeats(
  db: Db,
  tenantId: string,
  prints: readonly string[],
  now: Date,
): Promise<Beats> {
  const since = new Date(minuteOf(now).getTime() - minuteMs);
  const rows = await db.$queryRaw`
    SELECT print, minute, asked, usd::text AS usd FROM gate_beat
    WHERE tenant_id = ${tenantId}::uuid AND print = ANY (${arrayLiteral(prints, (print) => print)}::text[]) AND minute >= ${since}`;
  return new Beats(now, z.array(Row).parse(rows));
}

export async function saveBeats(db: Db, tenantId: string, beats: Beats, now: Date): Promise<void> {
  const changes = beats.changes();
  if (changes.length === 0) return;
  await db.$executeRaw`
    INSERT INTO gate_beat (tenant_id, print, minute, asked, usd)
    SELECT ${tenantId}::uuid, print, ${minuteOf(now)}, asked, usd
    FROM unnest(${arrayLiteral(changes, ({ print }) => print)}::text[], ${arrayLiteral(changes, ({ beat }) => beat.asked)}::integer[],
      ${arrayLiteral(changes, ({ beat }) => beat.usd.toFixed())}::numeric[]) AS b (print, asked, usd)
    ON CONFLICT (tenant_id, print, minute) DO UPDATE SET asked = excluded.asked, usd = excluded.usd`;
}
