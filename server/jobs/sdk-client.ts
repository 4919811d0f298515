import { z } from "zod";
import { type Answer, type Call, headers } from "./protocol";
import { canonicalJson, sign } from "./signature";

export interface SdkClient {
  /** The functions that the app serves, as the SDK describes them. */
  register(): Promise<unknown[]>;
  /** @throws whatever fetch throws when the app can't be reached or `signal` fires */
  run(call: Call, signal: AbortSignal): Promise<Answer>;
}

/** One step may take this long: fetch itself gives up waiting for an answer after five minutes. */
export const stepTimeoutMs = 285_000;

/** Speaks to the SDK's serve handler as an Inngest server does, signatures included, so that the route stays closed to others. */
export function createSdkClient(options: {
  baseUrl: string;
  signingKey: string;
  fetch: typeof fetch;
}): SdkClient {
  const endpoint = new URL("/api/inngest", options.baseUrl);

  function send(
    method: "POST" | "PUT",
    url: URL,
    value: unknown,
    extra: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Response> {
    const body = canonicalJson(value);
    // The SDK holds the signature against the machine's clock, so an injected one would be of no use.
    const signature = sign(body, options.signingKey, new Date());
    const sent = { "content-type": "application/json", [headers.signature]: signature, ...extra };
    return options.fetch(url, { method, body, headers: sent, signal, redirect: "error" });
  }

  return {
    async register() {
      const extra = { [headers.syncKind]: "in_band" };
      const response = await send(
        "PUT",
        endpoint,
        { url: endpoint.href },
        extra,
        AbortSignal.timeout(10_000),
      );
      if (!response.ok)
        throw new Error(`${endpoint.href} answered ${String(response.status)} to the job runner.`);
      return z.object({ functions: z.array(z.unknown()) }).parse(await response.json()).functions;
    },

    async run(call, signal) {
      const url = new URL(endpoint);
      url.searchParams.set("fnId", call.functionId);
      url.searchParams.set("stepId", call.stepId);
      const response = await send(
        "POST",
        url,
        call.body,
        {},
        AbortSignal.any([signal, AbortSignal.timeout(stepTimeoutMs)]),
      );
      return {
        status: response.status,
        noRetry: response.headers.get(headers.noRetry) === "true",
        retryAfter: response.headers.get(headers.retryAfter),
        body: await response.text(),
      };
    },
  };
}
