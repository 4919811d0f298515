import { isConflict } from "@/server/db-failure";
import { DomainError, isDomainError } from "@/server/errors";

/** Rows of one transaction at most: larger ones are no faster and hold everybody's acknowledgement back. */
const maxJoined = 2_000;
/** Rows that may wait for one lane before its senders are asked to slow down. */
const maxWaiting = 50_000;
const conflictRetries = 4;

interface Submission<Item, Result> {
  items: readonly Item[];
  write: WriteAll<Item, Result>;
  resolve: (results: Result[]) => void;
  reject: (error: unknown) => void;
}

interface Lane<Item, Result> {
  waiting: Submission<Item, Result>[];
  /** That wait, in all. */
  rows: number;
  /** Transactions under way. */
  running: number;
}

/** Those who waited longest, as many as go into one transaction; whoever is first goes whatever its size. */
function takeGroup<Item, Result>(lane: Lane<Item, Result>): Submission<Item, Result>[] {
  let rows = 0;
  let count = 0;
  for (const { items } of lane.waiting) {
    if (count > 0 && rows + items.length > maxJoined) break;
    rows += items.length;
    count += 1;
  }
  lane.rows -= rows;
  return lane.waiting.splice(0, count);
}

/** Runs `items` in one transaction and answers for each of them, in order. Throws only if nothing was committed. */
export type WriteAll<Item, Result> = (items: readonly Item[]) => Promise<Result[]>;

/**
 * Joins the requests of one lane that wait at the same time into one transaction ("group commit"). Each is answered
 * after that transaction's commit, never before. Nothing is held back on purpose: whoever arrives while the lane is
 * free is written at once, and whoever arrives meanwhile goes with the next.
 */
export class WriteJoiner<Item, Result> {
  private readonly lanes = new Map<string, Lane<Item, Result>>();

  /** @param atOnce transactions of one lane under way: with two, one computes while the other waits for the disk */
  constructor(
    private readonly atOnce: number,
    private readonly pause: (ms: number) => Promise<void>,
  ) {}

  /** @throws DomainError RATE_LIMITED when too much waits already; whatever `write` throws */
  submit(name: string, items: readonly Item[], write: WriteAll<Item, Result>): Promise<Result[]> {
    return new Promise((resolve, reject) => {
      const lane = this.lanes.get(name) ?? { waiting: [], rows: 0, running: 0 };
      if (lane.running > 0 && lane.rows + items.length > maxWaiting) {
        reject(
          new DomainError("RATE_LIMITED", "Too many calls are waiting to be stored; please slow down.", {
            retryAfterSeconds: 1,
          }),
        );
        return;
      }
      this.lanes.set(name, lane);
      lane.waiting.push({ items, write, resolve, reject });
      lane.rows += items.length;
      if (lane.running < this.atOnce) void this.drain(name, lane);
    });
  }

  private async drain(name: string, lane: Lane<Item, Result>): Promise<void> {
    lane.running += 1;
    while (lane.waiting.length > 0) await this.commit(takeGroup(lane));
    lane.running -= 1;
    if (lane.running === 0) this.lanes.delete(name);
  }

  private async commit(group: readonly Submission<Item, Result>[]): Promise<void> {
    // The transaction is that of whoever waited longest; requests of one lane write alike.
    const write = group[0]?.write;
    if (!write) return;
    try {
      const results = await this.withRetries(() => write(group.flatMap(({ items }) => items)));
      let at = 0;
      for (const { items, resolve } of group) {
        resolve(results.slice(at, at + items.length));
        at += items.length;
      }
    } catch (error) {
      const down = isDomainError(error) && error.code === "UNAVAILABLE";
      if (group.length === 1 || down) {
        for (const { reject } of group) reject(error);
        return;
      }
      // One request's rows were refused: find out whose, so that the others are not refused with them.
      for (const alone of group) await this.commit([alone]);
    }
  }

  private async withRetries<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        const conflict = isConflict(isDomainError(error) ? error.cause : error);
        if (!conflict || tries > conflictRetries) throw error;
        await this.pause(tries * 15);
      }
    }
  }
}
