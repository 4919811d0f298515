import { blockKitFaults } from "./block-kit";
import { type FakeAnswer, type HeardRequest, startHttpServer } from "./http-server";

export interface SlackHeard {
  /** Of the receiver's clock, in milliseconds. */
  at: number;
  path: string;
  status: number;
  payload: { text: string; blocks: unknown[] };
  /** The body as it came. */
  body: string;
}

const refusal = (status: number, word: string): FakeAnswer => ({
  status,
  body: word,
  headers: { "content-type": "text/plain" },
});

/**
 * Slack's incoming webhooks (formats 7): one message a second for each of them, Retry-After when they come faster, and the
 * refusals that it documents. What is no valid Block Kit is refused, as Slack does.
 * @param onPort where it listens; 0: wherever is free
 */
export async function startFakeSlack(clock: () => number = () => Date.now(), onPort = 0) {
  const state = {
    /** Answers of a path instead of its own, one after the other; null lets it decide. */
    answers: new Map<string, (FakeAnswer | null)[]>(),
    /** Webhooks that were revoked. */
    revoked: new Set<string>(),
    /** Whether it sends away what comes faster than one a second. */
    limits: true,
  };
  const heard: SlackHeard[] = [];
  const last = new Map<string, number>();

  function answer({ method, url, body, headers }: HeardRequest): FakeAnswer {
    const path = url.pathname;
    const at = clock();
    const payload = JSON.parse(body) as SlackHeard["payload"];
    const decided = decide();
    heard.push({ at, path, status: decided.status, payload, body });
    return decided;

    function decide(): FakeAnswer {
      const [told] = state.answers.get(path)?.splice(0, 1) ?? [];
      if (told) return told;
      if (method !== "POST" || !/^\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/\w+$/.test(path))
        return refusal(404, "no_team");
      if (state.revoked.has(path)) return refusal(404, "no_service");
      if (!headers["content-type"]?.startsWith("application/json")) return refusal(400, "invalid_payload");
      if (state.limits && at - (last.get(path) ?? -Infinity) < 1_000)
        return { ...refusal(429, "rate_limited"), headers: { "retry-after": "1" } };
      if (blockKitFaults(payload).length > 0) return refusal(400, "invalid_blocks");
      last.set(path, at);
      return refusal(200, "ok");
    }
  }
  const server = await startHttpServer(answer, onPort);
  const accepted = () => heard.filter(({ status }) => status === 200);
  return { url: server.url, close: server.close, state, heard, accepted };
}
export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;
