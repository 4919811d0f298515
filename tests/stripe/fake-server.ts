// A Stripe that can be broken on purpose, in a process of its own (reliability, section 3). It listens at a free port of this
// machine, or at the one that it is given, and says which to its parent; what it holds and which faults come next is told through /_control.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type FakeAccount, type Fault, newAccount, rememberedMs } from "./fake-account";
import { answerApi } from "./fake-api";
import { type Answer, refusal, reportErrors } from "./fake-meter-events";

/** By account and mode: a test key sees nothing of live data. */
const accounts = new Map<string, FakeAccount>();

function accountOf(name: string, mode: "test" | "live"): FakeAccount {
  const key = `${name} ${mode}`;
  const known = accounts.get(key) ?? newAccount(name, mode);
  accounts.set(key, known);
  return known;
}

/** Keys are rk_test_<account>0<anything>: which account they belong to is written on them. */
function accountOfKey(header: string): FakeAccount | null {
  const [, mode, name] = /^(?:Bearer\s+)(?:rk|sk)_(test|live)_([a-z]+\d*x)/.exec(header) ?? [];
  if (name === undefined || (mode !== "test" && mode !== "live")) return null;
  return accounts.get(`${name} ${mode}`) ?? null;
}

const recordOf = (text: string) => Object.fromEntries(new URLSearchParams(text));

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function send(res: ServerResponse, { status, body }: Answer, headers: Record<string, string> = {}): void {
  res.writeHead(status, { "content-type": "application/json", "request-id": "req_fake", ...headers });
  res.end(JSON.stringify(body));
}

function nextFault(account: FakeAccount, path: string): Fault | null {
  const found = account.faults.find((fault) => fault.times > 0 && path.startsWith(fault.path));
  if (!found) return null;
  found.times -= 1;
  return found.fault;
}

const answers: Partial<Record<Fault, Answer>> = {
  "429": { status: 429, body: { error: { type: "invalid_request_error", code: "rate_limit", message: "Too many requests." } } },
  "500": { status: 500, body: { error: { type: "api_error", message: "An unknown error occurred." } } },
  refuse: refusal(400, "Refused on purpose.", { code: "parameter_invalid" }),
}; // prettier-ignore

async function serveApi(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? "/", "http://fake");
  const text = await bodyOf(req);
  const account = accountOfKey(req.headers.authorization ?? "");
  if (!account || account.revoked)
    { send(res, { status: 401, body: { error: { type: "invalid_request_error", message: "Invalid API Key provided." } } }); return; } // prettier-ignore
  const [method, path] = [req.method ?? "", url.pathname];
  const query = recordOf(url.search.slice(1));
  const body = recordOf(text);
  const key = req.headers["idempotency-key"];
  const idempotencyKey = typeof key === "string" ? key : null;
  const note = (status: number | string) =>
    account.heard.push({ at: account.now, method, path, query, body, idempotencyKey, status });

  const fault = nextFault(account, path);
  if (fault === "drop-before") {
    note(fault);
    return void req.socket.destroy();
  }
  if (fault === "timeout") return void note(fault);
  const told = fault === null ? undefined : answers[fault];
  // 429 comes before anything is done; a 500 is kept and replayed as any other answer is.
  if (told && fault === "429") {
    note(429);
    send(res, told, { "retry-after": "1", "stripe-should-retry": "true" });
    return;
  }
  const before = idempotencyKey === null ? undefined : account.answered.get(idempotencyKey);
  if (before && account.now - before.at < rememberedMs) {
    if (before.body !== text) {
      note(400);
      send(res, {
        status: 400,
        body: {
          error: {
            type: "idempotency_error",
            message:
              "Keys for idempotent requests can only be used with the same parameters they were first used with.",
          },
        },
      });
      return; // prettier-ignore
    }
    note(`replayed ${String(before.status)}`);
    send(res, { status: before.status, body: before.answer }, { "idempotent-replayed": "true" });
    return;
  }
  const answer = told ?? answerApi(account, method, path, query, body);
  if (idempotencyKey !== null && method === "POST")
    account.answered.set(idempotencyKey, {
      body: text,
      status: answer.status,
      answer: answer.body,
      at: account.now,
    });
  if (fault === "drop-after") {
    note(fault);
    return void req.socket.destroy();
  }
  note(answer.status);
  send(res, answer, { "stripe-should-retry": "false" });
}

interface Command {
  account: string;
  mode?: "test" | "live";
  set?: Partial<FakeAccount>;
  advanceMs?: number;
  report?: { since: number };
}

/** POST {account, set?, advanceMs?, report?}: changes what there is, and answers with all of it. */
async function serveControl(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const {
    account: name,
    mode = "test",
    set = {},
    advanceMs = 0,
    report,
  } = JSON.parse(await bodyOf(req)) as Command;
  const account = accountOf(name, mode);
  Object.assign(account, set);
  account.now += advanceMs;
  const reported = report ? reportErrors(account, report.since) : [];
  const { answered, ...state } = account;
  send(res, { status: 200, body: { ...state, answers: answered.size, reported } });
}

const server = createServer((req, res) => {
  const serve = req.url === "/_control" ? serveControl : serveApi;
  serve(req, res).catch((error: unknown) => send(res, { status: 500, body: { fake: String(error) } }));
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
process.once("disconnect", () => process.exit(0));
