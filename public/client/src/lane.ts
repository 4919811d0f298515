import { backoffMs, readAnswer, type Outcome } from "./answer";
import type { DropReason } from "./api";
import type { Item } from "./to-wire";

export interface LaneSettings {
  /** Of the procedure that takes these items. */
  url: string;
  key: string;
  /** The list's name in the body. */
  list: string;
  flushIntervalMs: number;
  maxBuffer: number;
  fetch: typeof globalThis.fetch;
  drop: (reason: DropReason, items: readonly Item[], message: string) => void;
}

const maxItems = 500;
/** Characters; the deployment takes bodies of 8 MiB, and a character has three bytes at most. */
const maxLength = 2_000_000;
const requestTimeoutMs = 30_000;

type Timer = ReturnType<typeof setTimeout>;
/** Timers of Node can be kept from holding the process; those of other platforms are numbers. */
const hold = (timer: Timer | null, isHeld: boolean) => {
  const { ref, unref } = (timer ?? {}) as { ref?: () => void; unref?: () => void };
  (isHeld ? ref : unref)?.call(timer);
};

/** A bounded queue and the one request that empties it: in order, each item until it is acknowledged or refused. */
export class Lane {
  readonly counts = { sent: 0, duplicates: 0, retries: 0 };
  lastFailure: string | null = null;
  private items: Item[] = [];
  private limit = maxItems;
  private failures = 0;
  private isSending = false;
  private timer: Timer | null = null;
  /** Whether less than a full batch is sent, too: when its time has come. */
  private isWanted = true;
  /** Items that ever joined, and those that left. */
  private joined = 0;
  private left = 0;
  private waiters: { until: number; done: () => void }[] = [];

  constructor(private readonly settings: LaneSettings) {}

  get pending(): number {
    return this.items.length;
  }

  push(item: Item): void {
    if (this.items.length >= this.settings.maxBuffer) {
      const why = this.lastFailure === null ? "" : `; the last request failed: ${this.lastFailure}`;
      this.settings.drop("buffer-full", [item], `${this.settings.maxBuffer} already wait${why}`);
      return;
    }
    this.items.push(item);
    this.joined += 1;
    if (this.isSending) return;
    if (this.items.length === maxItems) this.sendIn(0);
    else if (this.timer === null) this.sendIn(this.settings.flushIntervalMs);
  }

  /** @returns true once all that waits now is stored or dropped, false after `timeoutMs` */
  flush(timeoutMs: number): Promise<boolean> {
    if (this.items.length === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const waiter = { until: this.joined, done: () => finish(true) };
      const finish = (isDone: boolean) => {
        clearTimeout(limit);
        this.waiters = this.waiters.filter((other) => other !== waiter);
        if (this.waiters.length === 0) hold(this.timer, false);
        resolve(isDone);
      };
      const limit = setTimeout(() => finish(false), timeoutMs);
      this.waiters.push(waiter);
      // Whoever awaits this would see the process end if nothing but a sleeping timer were left.
      hold(this.timer, true);
      if (!this.isSending) this.sendIn(0);
    });
  }

  /** Drops what waits. */
  abandon(reason: DropReason, message: string): void {
    const items = this.items;
    this.settle(items.length);
    if (items.length > 0) this.settings.drop(reason, items, message);
  }

  private sendIn(ms: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.send();
    }, ms);
    hold(this.timer, this.waiters.length > 0);
  }

  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    while (this.items.length >= maxItems || (this.items.length > 0 && this.isWanted)) {
      const batch = this.nextBatch();
      const outcome = await this.request(batch);
      // abandon() may have emptied the lane meanwhile.
      if (this.items[0] === batch[0]) await this.act(batch, outcome);
      this.isWanted = this.failures > 0 || this.waiters.length > 0;
    }
    this.isSending = false;
    this.isWanted = true;
    if (this.items.length > 0) this.sendIn(this.settings.flushIntervalMs);
  }

  private nextBatch(): Item[] {
    let length = 0;
    const end = this.items.findIndex((item, at) => {
      length += item.json.length;
      return at > 0 && (at >= this.limit || length > maxLength);
    });
    return this.items.slice(0, end === -1 ? this.items.length : end);
  }

  private async request(batch: readonly Item[]): Promise<Outcome> {
    // Called by itself: as a method of ours the platform's own would refuse to run.
    const { url, key, list, fetch } = this.settings;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: `{"${list}":[${batch.map((item) => item.json).join(",")}]}`,
        // A redirect would turn the POST into a GET, or carry the key elsewhere.
        redirect: "error",
        signal: AbortSignal.timeout(requestTimeoutMs),
      });
      return readAnswer(
        response.status,
        response.headers.get("retry-after"),
        await response.text(),
        new Date(),
      );
    } catch (error) {
      return { kind: "again", afterMs: 0, message: String(error) };
    }
  }

  private async act(batch: readonly Item[], outcome: Outcome): Promise<void> {
    if (outcome.kind === "again") {
      this.lastFailure = outcome.message;
      this.counts.retries += 1;
      await this.pause(Math.max(outcome.afterMs, backoffMs(this.failures, Math.random())));
      this.failures += 1;
      return;
    }
    this.failures = 0;
    if (outcome.kind === "halve" && batch.length > 1) {
      this.lastFailure = outcome.message;
      this.limit = Math.ceil(batch.length / 2);
      return;
    }
    this.limit = Math.min(maxItems, this.limit * 2);
    this.settle(batch.length);
    if (outcome.kind !== "stored") {
      this.lastFailure = outcome.message;
      this.settings.drop("refused", batch, outcome.message);
      return;
    }
    this.counts.sent += batch.length - outcome.rejected.length;
    this.counts.duplicates += outcome.duplicates;
    for (const [message, items] of byMessage(batch, outcome.rejected)) {
      this.settings.drop("rejected", items, message);
    }
  }

  /** The first so many items are done with. */
  private settle(count: number): void {
    this.items = this.items.slice(count);
    this.left += count;
    for (const waiter of this.waiters) if (waiter.until <= this.left) waiter.done();
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.timer = setTimeout(() => {
        this.timer = null;
        resolve();
      }, ms);
      hold(this.timer, this.waiters.length > 0);
    });
  }
}

function byMessage(batch: readonly Item[], rejected: readonly { index: number; message: string }[]) {
  const groups = new Map<string, Item[]>();
  for (const { index, message } of rejected) {
    const item = batch[index];
    if (item) groups.set(message, [...(groups.get(message) ?? []), item]);
  }
  return groups;
}
