import { lookup as systemLookup } from "node:dns";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { neverUrls, ownUrls } from "@/tests/malformed/hostile-urls";
import { askOutside, type OutboundRules } from "./outbound";
import { OutboundFailure } from "./outbound-failure";

let connections = 0;
let answer: (req: IncomingMessage, res: ServerResponse) => void;
const server = createServer((req, res) => answer(req, res)).on("connection", () => (connections += 1));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  connections = 0;
  answer = (_req, res) => res.end("{}");
});

let asked: string[] = [];
/** Every name leads to these addresses: by default to our own listener, so that a name that slips through is noticed. */
function rulesWith(overrides: Partial<OutboundRules> = {}, addresses = ["127.0.0.1"]): OutboundRules {
  asked = [];
  const resolve = ((host, _options, done: (error: null, found: object[]) => void) => {
    asked.push(host);
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  }) as OutboundRules["resolve"];
  return { allowPrivate: false, resolve, timeoutMs: 2_000, maxAnswerBytes: 1_000, ...overrides };
}
const ask = (baseUrl: string, rules: OutboundRules, more: object = {}) =>
  askOutside({ baseUrl, path: "/api", method: "GET", headers: {}, ...more }, rules);
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof OutboundFailure ? error.fault : error),
  );
const home = `http://localhost:${port}`;
const open = { allowPrivate: true };

describe("nothing is connected to", () => {
  it.each([...neverUrls, ...ownUrls])("for %j", async (baseUrl) => {
    // Each URL is tried at our listener's port as well, where it has none of its own.
    const atPort = baseUrl.replace(/^([a-z]+:\/\/[^/:@]+)(\/.*)?$/, `$1:${port}$2`);
    for (const url of [baseUrl, atPort]) expect(await faultOf(ask(url, rulesWith()))).toBe("address");
    expect(connections).toBe(0);
  });

  it.each([
    ["one's own network", ["127.0.0.1"]],
    ["the metadata service", ["169.254.169.254"]],
    ["a mapped loopback address", ["::ffff:127.0.0.1"]],
    ["a public and a private address", ["1.1.1.1", "127.0.0.1"]],
    ["nowhere", []],
  ])("behind a name that leads to %s", async (_name, addresses) => {
    const url = `https://example.com:${port}`;
    expect(await faultOf(ask(url, rulesWith({}, addresses)))).toBe("address");
    expect(asked).toEqual(["example.com"]);
    expect(connections).toBe(0);
  });

  it("in the open by plain http, even where private sources are allowed", async () => {
    expect(await faultOf(ask("http://example.com", rulesWith(open, ["1.1.1.1"])))).toBe("address");
  });

  it("that a name would lead to if it were asked again", async () => {
    const answers = ["127.0.0.1", "169.254.169.254"];
    const resolve = ((host, options: object, done: () => void) => {
      rulesWith(open, answers.splice(0, 1)).resolve(host, options, done);
    }) as OutboundRules["resolve"];
    await ask(`http://rebinding.example:${port}`, rulesWith({ ...open, resolve }));
    expect(connections).toBe(1);
    expect(answers).toEqual(["169.254.169.254"]);
  });
});

describe("where private sources are allowed", () => {
  it("an own address answers, and is asked for what we want with our headers", async () => {
    let heard: unknown;
    answer = (req, res) => {
      heard = {
        url: req.url,
        method: req.method,
        agent: req.headers["user-agent"],
        key: req.headers["x-key"],
      };
      res.writeHead(200, { "retry-after": "7" }).end('{"a":1}');
    };
    const got = await ask(`${home}/base/`, rulesWith({ ...open, resolve: systemLookup }), { headers: { "x-key": "k" } }); // prettier-ignore
    expect(got).toEqual({ status: 200, text: '{"a":1}', retryAfterSeconds: 7 });
    expect(heard).toEqual({ url: "/base/api", method: "GET", agent: "Tokenledger", key: "k" });
  });

  it("a body is sent whole", async () => {
    answer = (req, res) => void req.pipe(res);
    const got = await ask(home, rulesWith(open), { method: "POST", body: '{"ü":"€"}' });
    expect(got.text).toBe('{"ü":"€"}');
  });

  it("an answer that says no is an answer", async () => {
    answer = (_req, res) => res.writeHead(429, { "retry-after": "30" }).end("slow down");
    expect(await ask(home, rulesWith(open))).toMatchObject({ status: 429, retryAfterSeconds: 30 });
  });

  it("no connection is used twice", async () => {
    for (let times = 0; times < 3; times += 1) await ask(home, rulesWith(open));
    expect(connections).toBe(3);
  });
});

describe("an answer is refused", () => {
  it.each([301, 302, 303, 307, 308])("that leads elsewhere (%i), and nobody goes there", async (status) => {
    answer = (_req, res) => res.writeHead(status, { location: `${home}/elsewhere` }).end();
    expect(await faultOf(ask(home, rulesWith(open)))).toBe("answer");
    expect(connections).toBe(1);
  });

  it("that is too long, before it is read to its end", async () => {
    let sent = 0;
    answer = (_req, res) => {
      const timer = setInterval(() => res.write("x".repeat(400)) && (sent += 400), 1);
      res.on("close", () => clearInterval(timer));
    };
    expect(await faultOf(ask(home, rulesWith(open)))).toBe("too_large");
    expect(sent).toBeLessThan(100_000);
  });

  it("that is compressed", async () => {
    answer = (_req, res) => res.writeHead(200, { "content-encoding": "gzip" }).end("x");
    expect(await faultOf(ask(home, rulesWith(open)))).toBe("answer");
  });

  it("that does not come in time, or not to its end", async () => {
    answer = () => undefined;
    expect(await faultOf(ask(home, rulesWith({ ...open, timeoutMs: 100 })))).toBe("unreachable");
    answer = (_req, res) => void res.write("half");
    expect(await faultOf(ask(home, rulesWith({ ...open, timeoutMs: 100 })))).toBe("unreachable");
    answer = (req, res) => {
      res.writeHead(200, { "content-length": "100" }).write("half");
      req.socket.end();
    };
    expect(await faultOf(ask(home, rulesWith(open)))).toBe("unreachable");
  });

  it("by a sentence without what was sent", async () => {
    answer = (req) => req.socket.destroy();
    const failure = await ask(home, rulesWith(open), { headers: { authorization: "Bearer canary" } }).catch(
      (error: unknown) => error as OutboundFailure,
    );
    expect(failure).toMatchObject({ fault: "unreachable", message: "localhost broke the connection off." });
    expect(JSON.stringify({ ...(failure as object), cause: String((failure as Error).cause) })).not.toContain("canary"); // prettier-ignore
  });

  it("when nobody listens, or nobody speaks TLS", async () => {
    expect(await faultOf(ask("http://127.0.0.1:1", rulesWith(open)))).toBe("address");
    expect(await faultOf(ask(`https://localhost:${port}`, rulesWith(open)))).toBe("unreachable");
  });
});
