import type { LookupAddress, lookup as resolve } from "node:dns";
import { request as requestHttp } from "node:http";
import { type RequestOptions, request as requestHttps } from "node:https";
import type { IncomingMessage } from "node:http";
import { addressClass } from "./address-class";
import { mayConnect, readBaseUrl } from "./base-url";
import { OutboundFailure } from "./outbound-failure";
import { retryAfterSeconds } from "./retry-after";

export interface OutboundRequest {
  /** As the tenant gave it; checked again with each request, for rules may have changed since it was stored. */
  baseUrl: string;
  /** Ours: from the base URL on, with its query. */
  path: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
}

export interface OutboundAnswer {
  status: number;
  text: string;
  retryAfterSeconds: number | null;
}

/** What an installation allows and bears (outbound-rules.ts). */
export interface OutboundRules {
  allowPrivate: boolean;
  resolve: typeof resolve;
  timeoutMs: number;
  maxAnswerBytes: number;
}

const forbidden = (host: string) =>
  new OutboundFailure("address", `${host} leads to an address that we do not connect to.`);

type Lookup = NonNullable<RequestOptions["lookup"]>;

/**
 * Resolves the name once, and hands the connection exactly the addresses that were looked at: asked twice, a name could
 * answer differently. One forbidden address among them condemns the name.
 */
function checkedLookup(secure: boolean, rules: OutboundRules): Lookup {
  return (host, options, done) => {
    rules.resolve(host, { ...options, all: true }, (error, addresses) => {
      const isAllowed = ({ address }: LookupAddress) =>
        mayConnect(addressClass(address), { secure, allowPrivate: rules.allowPrivate });
      const [first] = error ? [] : addresses;
      if (error) done(error, []);
      else if (!first || !addresses.every(isAllowed)) done(forbidden(host), []);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/**
 * Asks a system whose address a tenant gave us. Nothing is followed, kept open or sent through a proxy: what is connected to
 * is what was checked.
 * @throws OutboundFailure when there is no whole answer; an answer that says no is an answer
 */
export async function askOutside(asked: OutboundRequest, rules: OutboundRules): Promise<OutboundAnswer> {
  const base = readBaseUrl(asked.baseUrl, rules.allowPrivate);
  if (!base.ok) throw new OutboundFailure("address", `The address ${base.message}`);
  const url = new URL(`${base.url}${asked.path}`);
  const secure = url.protocol === "https:";
  const options: RequestOptions = {
    method: asked.method,
    // A fresh connection each time: a kept one was checked for another request.
    agent: false,
    signal: AbortSignal.timeout(rules.timeoutMs),
    lookup: checkedLookup(secure, rules),
    headers: {
      "user-agent": "Tokenledger",
      accept: "application/json",
      // Compressed answers could be larger than they look.
      "accept-encoding": "identity",
      ...asked.headers,
      ...(asked.body !== undefined && { "content-length": String(Buffer.byteLength(asked.body)) }),
    },
  };
  try {
    return await exchange(secure ? requestHttps : requestHttp, url, options, asked.body, rules);
  } catch (error) {
    throw error instanceof OutboundFailure ? error : unreachable(url.hostname, error);
  }
}

async function exchange(
  request: typeof requestHttps,
  url: URL,
  options: RequestOptions,
  body: string | undefined,
  rules: OutboundRules,
): Promise<OutboundAnswer> {
  const res = await new Promise<IncomingMessage>((done, fail) => {
    const sent = request(url, options, done);
    sent.on("error", fail);
    sent.end(body);
  });
  try {
    return await readAnswer(res, url.hostname, rules.maxAnswerBytes);
  } finally {
    res.destroy();
  }
}

async function readAnswer(res: IncomingMessage, host: string, maxBytes: number): Promise<OutboundAnswer> {
  const status = res.statusCode ?? 0;
  if (status >= 300 && status < 400)
    throw new OutboundFailure("answer", `${host} sends us elsewhere; give the address that it leads to.`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of res as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new OutboundFailure("too_large", `${host} answered more than ${maxBytes} bytes at once.`);
    chunks.push(chunk);
  }
  const encoding = res.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity")
    throw new OutboundFailure("answer", `${host} answered compressed, although asked not to.`);
  const text = Buffer.concat(chunks).toString("utf8");
  return { status, text, retryAfterSeconds: retryAfterSeconds(res.headers["retry-after"], new Date()) };
}

/** Codes of Node and OpenSSL, in words. The error itself may quote what was sent. */
const words: Record<string, string> = {
  ENOTFOUND: "has a host name that does not exist",
  EAI_AGAIN: "has a host name that could not be looked up",
  ECONNREFUSED: "refuses connections",
  ECONNRESET: "broke the connection off",
  ETIMEDOUT: "cannot be reached",
  ABORT_ERR: "did not answer in time",
  DEPTH_ZERO_SELF_SIGNED_CERT: "shows a certificate that it signed itself",
  SELF_SIGNED_CERT_IN_CHAIN: "shows a certificate that nobody we trust has signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "shows a certificate that nobody we trust has signed",
  CERT_HAS_EXPIRED: "shows a certificate that has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "shows a certificate for another name",
  EPROTO: "does not speak TLS",
};

function unreachable(host: string, error: unknown): OutboundFailure {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const isTimeout = error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
  const word = isTimeout ? words.ABORT_ERR : words[code];
  return new OutboundFailure("unreachable", `${host} ${word ?? "cannot be reached"}.`, null, {
    cause: error,
  });
}
