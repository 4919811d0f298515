import type { CDPSession } from "@playwright/test";

export type Sort = "html" | "js" | "css" | "fonts" | "data" | "ahead" | "other";

export interface Load {
  /** As they came over the wire, with their headers; nothing for what the browser had. */
  bytes: Record<Sort, number>;
  requests: number;
}

interface Request {
  id: string;
  sort: Sort;
  sentSeconds: number;
  bytes: number;
  isStored: boolean;
}

const sorts: Record<string, Sort> = {
  Document: "html",
  Script: "js",
  Stylesheet: "css",
  Font: "fonts",
  Fetch: "data",
  XHR: "data",
};
/** How Next marks what it fetches because a link to it is in sight. */
const aheadHeader = /^(next-router-prefetch|next-router-segment-prefetch|purpose|sec-purpose)$/i;
const quietMs = 400;
const longestMs = 30_000;

/** Counts what goes over the wire between browser and server. */
export class Traffic {
  private readonly requests = new Map<string, Request>();
  private under = 0;
  private quietSince = performance.now();
  private firstSeconds: number | null = null;
  failures: string[] = [];

  constructor(private readonly session: CDPSession) {}

  async listen(): Promise<void> {
    const { session } = this;
    session.on("Network.requestWillBeSent", ({ requestId, request, type, timestamp, redirectResponse }) => {
      this.firstSeconds ??= timestamp;
      const known = this.requests.get(requestId);
      // A redirect keeps the id: its bytes are of the same request.
      if (known) known.bytes += redirectResponse?.encodedDataLength ?? 0;
      if (known || request.url.startsWith("data:")) return;
      const isAhead = Object.keys(request.headers).some((name) => aheadHeader.test(name));
      this.under += 1;
      this.requests.set(requestId, {
        id: requestId,
        sort: isAhead ? "ahead" : (sorts[type ?? ""] ?? "other"),
        sentSeconds: timestamp,
        bytes: 0,
        isStored: false,
      });
    });
    session.on("Network.requestServedFromCache", ({ requestId }) => this.markStored(requestId));
    session.on("Network.responseReceived", ({ requestId, response }) => {
      if (response.fromDiskCache === true || response.fromPrefetchCache === true) this.markStored(requestId);
      if (response.status >= 400) this.failures.push(`${String(response.status)} for ${response.url}`);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const request = this.requests.get(requestId);
      if (request) request.bytes += request.isStored ? 0 : encodedDataLength;
      this.end(requestId);
    });
    session.on("Network.loadingFailed", ({ requestId }) => this.end(requestId));
    await session.send("Network.enable");
  }

  /** Forgets what there was, as before a click. */
  begin(): void {
    this.requests.clear();
    this.firstSeconds = null;
    this.failures = [];
  }

  /** @throws when something is still under way after a long time */
  async untilQuiet(): Promise<void> {
    const begun = performance.now();
    while (this.under > 0 || performance.now() - this.quietSince < quietMs) {
      if (performance.now() - begun > longestMs)
        throw new Error(`${String(this.under)} requests are still under way.`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** What was asked for before `untilMs` after the first request, and what after it. */
  split(untilMs: number): { first: Load; later: Load } {
    const first = this.firstSeconds ?? 0;
    const all = [...this.requests.values()].filter(({ isStored }) => !isStored);
    const isFirst = ({ sentSeconds }: Request) => (sentSeconds - first) * 1000 <= untilMs;
    return { first: sum(all.filter(isFirst)), later: sum(all.filter((request) => !isFirst(request))) };
  }

  private markStored(id: string): void {
    const request = this.requests.get(id);
    if (request) request.isStored = true;
  }

  private end(id: string): void {
    if (!this.requests.has(id)) return;
    this.under -= 1;
    this.quietSince = performance.now();
  }
}

function sum(requests: readonly Request[]): Load {
  const bytes: Load["bytes"] = { html: 0, js: 0, css: 0, fonts: 0, data: 0, ahead: 0, other: 0 };
  for (const request of requests) bytes[request.sort] += request.bytes;
  return { bytes, requests: requests.length };
}
