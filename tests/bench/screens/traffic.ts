import type { CDPSession } from "@playwright/test";

export type Sort = "html" | "js" | "css" | "fonts" | "data" | "ahead" | "other";

export interface Load {
  /** As they came over the wire, with their headers; nothing for what the browser had. */
  bytes: Record<Sort, number>;
  requests: number;
}

interface Request {
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
  private readonly unanswered = new Set<string>();
  private heardMs = performance.now();
  private firstSeconds: number | null = null;
  failures: string[] = [];

  constructor(private readonly session: CDPSession) {}

  async listen(): Promise<void> {
    const { session } = this;
    session.on("Network.requestWillBeSent", ({ requestId, request, type, timestamp }) => {
      this.firstSeconds ??= timestamp;
      // A redirect keeps its id, and what it led to is the same request.
      if (this.requests.has(requestId) || request.url.startsWith("data:")) return;
      const isAhead = Object.keys(request.headers).some((name) => aheadHeader.test(name));
      this.unanswered.add(requestId);
      this.heardMs = performance.now();
      this.requests.set(requestId, {
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
      this.hear(requestId, (request) => (request.bytes = response.encodedDataLength));
    });
    // Next leaves answers unread whose head says enough: those never finish.
    session.on("Network.dataReceived", ({ requestId, encodedDataLength }) =>
      this.hear(requestId, (request) => (request.bytes += encodedDataLength)),
    );
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
      this.hear(requestId, (request) => (request.bytes = encodedDataLength)),
    );
    session.on("Network.loadingFailed", ({ requestId }) => this.hear(requestId, () => undefined));
    await session.send("Network.enable");
  }

  /** Forgets what there was, as before a click. */
  begin(): void {
    this.requests.clear();
    this.unanswered.clear();
    this.firstSeconds = null;
    this.failures = [];
  }

  /** @throws when something stays without an answer */
  async untilQuiet(): Promise<void> {
    const begun = performance.now();
    while (this.unanswered.size > 0 || performance.now() - this.heardMs < quietMs) {
      if (performance.now() - begun > longestMs)
        throw new Error(`${String(this.unanswered.size)} requests are still unanswered.`);
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

  private hear(id: string, note: (request: Request) => void): void {
    const request = this.requests.get(id);
    if (request) note(request);
    this.unanswered.delete(id);
    this.heardMs = performance.now();
  }
}

function sum(requests: readonly Request[]): Load {
  const bytes: Load["bytes"] = { html: 0, js: 0, css: 0, fonts: 0, data: 0, ahead: 0, other: 0 };
  for (const request of requests) bytes[request.sort] += request.bytes;
  return { bytes, requests: requests.length };
}
