import { createServer, type Server } from "node:http";
import { waitForUpdate } from "@pydantic/genai-prices";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { disconnect, withJobs } from "@/server/db";
import { contextOf, makeTenant, personWith } from "@/tests/factories/tenant";
import { appendSnapshot } from "./append-snapshot";
import type { FeedName } from "./feeds";
import { listFeeds } from "./list-feeds";
import { loadBook } from "./load-book";
import { namesOf } from "./match-model";
import { listVersions } from "./queries";
import { refreshFeed } from "./refresh-feed";
import bundled from "./litellm-rates.json";

const first = new Date("2026-11-01T03:10:00Z");
const day = (number: number) => new Date(Date.UTC(2026, 10, 1 + number, 3, 10));

let server: Server;
let url: string;
/** What the feed answers next. */
let answer: { status?: number; body: string; hangs?: true };
beforeAll(async () => {
  server = createServer((_req, res) => {
    if (answer.hangs) return;
    res.writeHead(answer.status ?? 200, { "content-type": "application/json" }).end(answer.body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake feed has no port");
  url = `http://127.0.0.1:${String(address.port)}/list.json`;
  await appendSnapshot({ now: first });
});
beforeEach(() => {
  answer = { body: JSON.stringify(bundled) };
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await disconnect();
});

const litellm = (changes: Record<string, object> = {}) => JSON.stringify({ ...bundled, ...changes });
const refresh = (now: Date, name: FeedName = "litellm", options = {}) =>
  refreshFeed({ now }, name, { url, ...options });
const flexOf = async (at: Date) => {
  const book = await loadBook(null);
  const found = book.inForce(namesOf({ provider: "openai", model: "gpt-5" }), at, "flex");
  return found && book.rates(found.version).flex.buckets.freshInputTokens?.tiers[0]?.usd;
};

it("learns nothing from a list that says what is known", async () => {
  expect(await refresh(day(1))).toEqual({ listed: expect.any(Number) as number, appended: 0, failure: null });
});

it("learns what changed, from then on, and leaves it standing when the bundled list is appended again", async () => {
  answer.body = litellm({
    "gpt-5": { ...bundled["gpt-5"], input_cost_per_token_flex: 7e-7 },
    "acme/new": { litellm_provider: "acme", input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 },
  });
  expect(await refresh(day(2))).toMatchObject({ appended: 2, failure: null });
  expect(await refresh(day(3))).toMatchObject({ appended: 0, failure: null });
  expect((await appendSnapshot({ now: day(3) })).appended).toBe(0);
  expect([await flexOf(new Date(day(2).getTime() - 1)), await flexOf(day(2))]).toEqual(["0.625", "0.7"]);
});

const broken: [string, Parameters<typeof refresh>[2], () => typeof answer, RegExp][] = [
  ["does not answer in time", { timeoutMs: 50 }, () => ({ hangs: true, body: "" }), /did not answer in time/],
  ["answers an error", {}, () => ({ status: 503, body: "" }), /answered 503/],
  ["is too large", { maxBytes: 100 }, () => ({ body: litellm() }), /larger than 100 bytes/],
  ["is torn", {}, () => ({ body: litellm().slice(0, -20) }), /no JSON/],
  ["is another list", {}, () => ({ body: "[]" }), /not in the form/],
  ["has lost its models", {}, () => ({ body: "{}" }), /^Only 0 of/],
  [
    "has every price as text, as on 27 January 2026 it might as well have",
    {},
    () => ({ body: litellm().replaceAll(/:([\d.e-]+)(,|\})/g, ':"$1"$2') }),
    /^Only 0 of/,
  ],
  [
    "has zeros for prices",
    {},
    () => ({ body: litellm().replaceAll(/(cost[a-z0-9_]*":)[\d.e-]+/g, "$10") }),
    /^Only 0 of/,
  ],
  [
    "has a price a hundredfold",
    {},
    () => ({ body: litellm({ "gpt-4o": { ...bundled["gpt-4o"], input_cost_per_token: 2.5e-4 } }) }),
    /gpt-4o would go from \$2\.5 to \$250/,
  ],
];

it.each(broken)("changes nothing when the list %s, and says so", async (_name, options, make, failure) => {
  const before = await withJobs(listVersions);
  answer = make();
  const refreshed = await refresh(day(4), "litellm", options);
  expect(refreshed).toMatchObject({ appended: 0, failure: expect.stringMatching(failure) as string });
  expect(await withJobs(listVersions)).toEqual(before);
  const ctx = contextOf(await makeTenant(), personWith("viewer"), day(4));
  const shown = (await listFeeds(ctx)).feeds.find(({ source }) => source === "litellm");
  expect(shown).toMatchObject({
    lookedAt: day(4).toISOString(),
    readAt: day(3).toISOString(),
    sourceVersion: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
    failure: refreshed.failure,
  });
});

it("reads the published form of genai-prices, with its dates, and refuses a part of it", async () => {
  const providers = (await waitForUpdate()) ?? [];
  const published = (changed: unknown) =>
    // As published: without the word by which the package tells constraints apart.
    JSON.stringify(providers, (key, value: unknown) => (key === "type" ? undefined : value)).replace(
      JSON.stringify(gpt4o?.prices),
      JSON.stringify(changed),
    );
  const gpt4o = providers.find(({ id }) => id === "openai")?.models.find(({ id }) => id === "gpt-4o");
  answer.body = published(gpt4o?.prices);
  expect(await refresh(day(5), "genai-prices")).toMatchObject({ appended: 0, failure: null });

  const dear = { input_mtok: { base: 3, tiers: [{ start: 200_000, price: 6 }] } };
  answer.body = published([
    { prices: gpt4o?.prices },
    { constraint: { start_date: "2026-12-01" }, prices: dear },
  ]);
  expect(await refresh(day(6), "genai-prices")).toMatchObject({ appended: 1, failure: null });
  const book = await loadBook(null);
  const usd = (at: string) =>
    book
      .lookup("openai", "gpt-4o", new Date(at))
      ?.standard.buckets.freshInputTokens?.tiers.map((tier) => tier.usd);
  expect(usd("2026-11-30T23:59:59.999Z")).toEqual(["2.5"]);
  expect(usd("2026-12-01T00:00:00Z")).toEqual(["6", "3"]);

  // A rise that was announced and is called off: the list has the old price for that date again.
  answer.body = published(gpt4o?.prices);
  expect(await refresh(day(7), "genai-prices")).toMatchObject({ failure: null });
  expect(
    (await loadBook(null)).lookup("openai", "gpt-4o", new Date("2026-12-01T00:00:00Z"))?.standard.buckets
      .freshInputTokens?.tiers[0]?.usd,
  ).toBe("2.5");

  answer.body = JSON.stringify(providers.slice(0, 2));
  expect((await refresh(day(8), "genai-prices")).failure).toMatch(/^Only/);
});
