import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { neverUrls, ownUrls } from "@/tests/malformed/hostile-urls";
import { startHttpServer } from "@/tests/mocks/http-server";

const looked: string[] = [];
vi.mock("@/server/env", () => ({ env: {} }));
vi.mock("@/server/clients/outbound-rules", () => ({
  outboundRules: {
    allowPrivate: false,
    // Whatever the name, it leads to us: who checks only names would connect.
    resolve: (name: string, _options: object, done: (error: null, found: object[]) => void) => {
      looked.push(name);
      done(null, [{ address: "127.0.0.1", family: 4 }]);
    },
    timeoutMs: 2_000,
    maxAnswerBytes: 1_000,
  },
}));

const { readSlackUrl, readWebhookUrl } = await import("./addresses");
const { sendTo } = await import("./send");
const { postToSlack } = await import("@/server/clients/slack");
const { outboundRules } = await import("@/server/clients/outbound-rules");

const good = "/services/T00000000/B00000000/abcDEF123456";

/** Each looks like Slack's host or path to somebody (reliability P47). */
const notSlack = [
  // Another host, in every way that a parser may be led to it.
  `https://evil.com${good}`, `https://hooks.slack.com.evil.com${good}`, `https://hooks.slack.com@evil.com${good}`,
  `https://evil.com@hooks.slack.com${good}`, `https://hooks.slack.com:secret@evil.com${good}`, `https://hooks.slack.com%2eevil.com${good}`,
  `https://hooks.slack.com%00.evil.com${good}`, `https://hooks.slack.com\\@evil.com${good}`, `https://hooks.slack.com\t${good}`,
  `https://hooks.slack.com\n.evil.com${good}`, `https://hooks.slack.com/.evil.com${good}`, `https://evil.com/https://hooks.slack.com${good}`,
  `https://evil.com?https://hooks.slack.com${good}`, `https://evil.com#https://hooks.slack.com${good}`, `https://xhooks.slack.com${good}`,
  `https://hooks-slack.com${good}`, `https://slack.com${good}`, `https://hooks.slack.co${good}`, `https://hooks.slack.com.${good}`,
  `https://HOOKS.slack.com${good}`, `https://hooks。slack。com${good}`, `https://hooks.slаck.com${good}`, `https://ⓗooks.slack.com${good}`,
  `https://hooks.slack-gov.com.evil.com${good}`, `https://hooks.slack_gov.com${good}`,
  // Addresses, in every notation.
  `https://127.0.0.1${good}`, `https://2130706433${good}`, `https://0x7f000001${good}`, `https://0177.0.0.1${good}`, `https://127.1${good}`,
  `https://[::1]${good}`, `https://[::ffff:127.0.0.1]${good}`, `https://[::ffff:7f00:1]${good}`, `https://0.0.0.0${good}`,
  `https://169.254.169.254${good}`, `https://[fd00:ec2::254]${good}`, `https://localhost${good}`, `https://10.0.0.1${good}`,
  // Schemes.
  `http://hooks.slack.com${good}`, `HTTPS://hooks.slack.com${good}`, `ftp://hooks.slack.com${good}`, `//hooks.slack.com${good}`,
  `hooks.slack.com${good}`, `https:hooks.slack.com${good}`, `https:/hooks.slack.com${good}`, `https:///hooks.slack.com${good}`,
  `javascript:alert('https://hooks.slack.com${good}')`, `file://hooks.slack.com${good}`, `https:\\\\hooks.slack.com${good}`,
  // Ports, user names, queries, fragments.
  `https://hooks.slack.com:443${good}`, `https://hooks.slack.com:8443${good}`, `https://hooks.slack.com:${good}`,
  `https://user@hooks.slack.com${good}`, `https://:@hooks.slack.com${good}`, `https://hooks.slack.com${good}?x=1`,
  `https://hooks.slack.com${good}?`, `https://hooks.slack.com${good}#x`, `https://hooks.slack.com${good}#`,
  // Paths.
  "https://hooks.slack.com", "https://hooks.slack.com/", "https://hooks.slack.com/services", "https://hooks.slack.com/services/T0/B0",
  "https://hooks.slack.com/services/T0/B0/", `https://hooks.slack.com${good}/`, `https://hooks.slack.com${good}/x`,
  "https://hooks.slack.com/services/../T0/B0/x", "https://hooks.slack.com/services/T0/../x", "https://hooks.slack.com/services/T0/B0/..",
  "https://hooks.slack.com/services/T0/B0/%2e%2e", "https://hooks.slack.com/services//T0/B0/x", "https://hooks.slack.com/triggers/T0/1/x",
  "https://hooks.slack.com/services/t0/b0/x", "https://hooks.slack.com/services/X0/B0/x", "https://hooks.slack.com/services/T0/B0/x-y",
  "https://hooks.slack.com/services/T0/B0/x y", "https://hooks.slack.com/services\\T0\\B0\\x", "https://hooks.slack.com/SERVICES/T0/B0/x",
  `https://hooks.slack.com/services/T0/B0/${"x".repeat(101)}`, ` https://hooks.slack.com${good}`, `https://hooks.slack.com${good} `,
  `https://hooks.slack.com${good}\n`, `https://hooks.slack.com${good}\r\nHost: evil.com`, `https://hooks.slack.com${good}\0`, "",
]; // prettier-ignore

const message = {
  type: "test",
  title: "t",
  text: "t",
  fields: [],
  lines: [],
  context: [],
  link: null,
  alertId: null,
};
const sending = {
  message,
  incident: null,
  at: new Date(0),
  deliveryId: "d",
  tenantSlug: "t",
  now: new Date(0),
};
const secret = `whsec_${Buffer.alloc(32).toString("base64")}`;

let connections = 0;
const listener = createServer((_req, res) => res.end("ok")).on("connection", () => (connections += 1));
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  port = (listener.address() as AddressInfo).port;
});
afterAll(() => {
  listener.close();
});

describe("an address of Slack", () => {
  it.each([
    `https://hooks.slack.com${good}`,
    `https://hooks.slack-gov.com${good}`,
    "https://hooks.slack.com/services/T0/B0/x",
  ])("%s is one", (url) => {
    const read = readSlackUrl(url);
    expect(read.ok && read.origin + read.path).toBe(url);
    // No parser sees another place in it than we did.
    expect(new URL(url).href).toBe(url);
  });

  it.each(notSlack)("%j is none", (url) => {
    expect(readSlackUrl(url)).toMatchObject({ ok: false });
  });

  it("that is none is connected to by nobody, and not even looked up", async () => {
    expect(notSlack.length).toBeGreaterThanOrEqual(60);
    for (const url of [...notSlack, `http://127.0.0.1:${port}${good}`, `https://127.0.0.1:${port}${good}`])
      expect(await sendTo({ kind: "slack", url }, sending), url).toMatchObject({ what: "refused" });
    expect(looked).toEqual([]);
    expect(connections).toBe(0);
    console.info(`SSRF, Slack: ${notSlack.length} addresses, 0 look-ups, 0 connections`);
  });

  it("whose name leads into one's own network is not connected to", async () => {
    const url = `https://hooks.slack.com${good}`;
    expect(await sendTo({ kind: "slack", url }, sending)).toMatchObject({ what: "refused" });
    expect(looked.splice(0)).toEqual(["hooks.slack.com"]);
    expect(connections).toBe(0);
  });

  it("is not followed elsewhere", async () => {
    const receiver = await startHttpServer(() => ({
      status: 302,
      headers: { location: `http://127.0.0.1:${port}/stolen` },
    }));
    const { env } = await import("@/server/env");
    Object.assign(env, { SLACK_RECEIVER_URL: receiver.url });
    const post = { origin: "https://hooks.slack.com", path: good, payload: {} };
    await expect(postToSlack(post, outboundRules)).rejects.toMatchObject({ fault: "answer" });
    Object.assign(env, { SLACK_RECEIVER_URL: undefined });
    expect(receiver.heard.map(({ url }) => url.pathname)).toEqual([good]);
    expect(connections).toBe(0);
    await receiver.close();
  });
});

describe("an address of a webhook", () => {
  it.each([
    ["https://example.com/hooks", "https://example.com", "/hooks"],
    ["https://example.com/hooks/", "https://example.com", "/hooks/"],
    ["https://Example.com:8443", "https://example.com:8443", "/"],
    ["https://example.com/a?key=x-1&sig=%2F=", "https://example.com", "/a?key=x-1&sig=%2F="],
    ["https://example.com?key=x", "https://example.com", "/?key=x"],
  ])("%s is one", (url, origin, path) => {
    expect(readWebhookUrl(url, false)).toEqual({ ok: true, origin, path });
  });

  const hostile = [
    // A query is what webhooks may have besides.
    ...neverUrls.filter((url) => url !== "https://example.com?x=1"),
    ...ownUrls,
    "https://example.com?",
    "https://example.com?a?b",
    "https://example.com?a#b",
    "https://example.com?a b",
    "https://example.com?a@b",
    "https://example.com?a\\b",
    "https://example.com/ ",
    " https://example.com",
    "https://example.com /x",
    `https://example.com?${"x".repeat(401)}`,
  ];
  it.each(hostile)("%j is none", (url) => {
    expect(readWebhookUrl(url, false)).toMatchObject({ ok: false });
  });

  it("that is none is connected to by nobody, and not even looked up", async () => {
    expect(hostile.length).toBeGreaterThanOrEqual(60);
    for (const url of [...hostile, `https://127.0.0.1:${port}/`, `http://localhost:${port}/`])
      expect(await sendTo({ kind: "webhook", url, secret }, sending), url).toMatchObject({ what: "refused" });
    expect(looked).toEqual([]);
    expect(connections).toBe(0);
    console.info(`SSRF, webhooks: ${hostile.length} addresses, 0 look-ups, 0 connections`);
  });

  it("whose name leads into one's own network is not connected to", async () => {
    const url = `https://rebound.example.com:${port}/hook`;
    expect(await sendTo({ kind: "webhook", url, secret }, sending)).toMatchObject({ what: "refused" });
    expect(looked.splice(0)).toEqual(["rebound.example.com"]);
    expect(connections).toBe(0);
  });
});

it("the listener counts (control)", async () => {
  await fetch(`http://127.0.0.1:${port}/`);
  expect(connections).toBe(1);
});
