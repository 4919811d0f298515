import { createTokenledger } from "@/public/client/src/tokenledger";
import type { Drop, TokenledgerOptions } from "@/public/client/src/api";

export interface Sent {
  url: string;
  body: Record<string, Record<string, unknown>[] | undefined>;
}

type Reply = Response | Error | (() => Response | Error);

export const stored = (more: object = {}) =>
  Response.json({
    result: { data: { accepted: 0, duplicates: 0, rejected: [], unattributed: 0, unpriced: 0, ...more } },
  });

/** A client whose requests are caught: each is answered by the next of the replies, and then as stored. */
export function caughtClient(options: Partial<TokenledgerOptions> = {}, replies: Reply[] = []) {
  const sent: Sent[] = [];
  const drops: Drop[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    const text = typeof init?.body === "string" ? init.body : "";
    sent.push({
      url: url instanceof Request ? url.url : String(url),
      body: JSON.parse(text) as Sent["body"],
    });
    const next = replies.shift() ?? stored();
    const reply = typeof next === "function" ? next() : next;
    return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
  };
  const ledger = createTokenledger({
    endpoint: "https://ledger.test",
    key: "tl_test",
    onDrop: (drop) => drops.push(drop),
    fetch,
    ...options,
  });
  const calls = () => sent.flatMap(({ body }) => body.calls ?? []);
  return { ledger, sent, drops, calls };
}
