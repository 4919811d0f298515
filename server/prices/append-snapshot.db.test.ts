import { Client } from "pg";
import { afterAll, expect, it } from "vitest";
import { disconnect, withJobs } from "@/server/db";
import { testDatabase } from "@/tests/setup/database";
import { appendSnapshot } from "./append-snapshot";
import { PriceBook } from "./book";
import { loadBook } from "./load-book";
import type { NewPriceVersion } from "./price-version";
import { listVersions } from "./queries";
import { readBundled } from "./bundled";
import { readSnapshot } from "./snapshot";

const first = new Date("2026-11-01T03:10:00.123Z");
const second = new Date("2026-11-02T03:10:00Z");

afterAll(disconnect);

const sorted = (versions: readonly NewPriceVersion[]) =>
  versions
    .map(({ rates, ...version }) =>
      JSON.stringify([
        version.provider,
        version.model,
        version,
        rates
          .map(({ service, unit, tierStart, usd, per }) => `${service} ${unit} ${tierStart} ${usd} ${per}`)
          .sort(),
      ]),
    )
    .sort();

it("appends the whole list once, exactly, even when two processes start together", async () => {
  const snapshot = await readBundled();
  const runs = await Promise.all([appendSnapshot({ now: first }), appendSnapshot({ now: first })]);
  expect(runs.map(({ appended }) => appended).sort((a, b) => a - b)).toEqual([0, snapshot.length]);
  expect(await appendSnapshot({ now: second })).toEqual({ listed: snapshot.length, appended: 0 });

  const versions = await withJobs(listVersions);
  expect(new Set(versions.map(({ knownFrom }) => knownFrom.getTime()))).toEqual(new Set([first.getTime()]));
  const plain = versions.map(({ id, knownFrom, ...version }) => {
    expect([id.length, knownFrom]).toEqual([36, first]);
    return version;
  });
  expect(sorted(plain)).toEqual(sorted(snapshot));
});

it("adds a changed rate from now on, and gives out the same book until then", async () => {
  const before = await loadBook(null);
  expect(await loadBook(before)).toBe(before);
  const changed = async () =>
    (await readSnapshot()).map((version) => {
      if (version.provider !== "openai" || version.model !== "gpt-4o") return version;
      return { ...version, rates: version.rates.map((rate) => ({ ...rate, usd: "1.25" })) };
    });
  expect((await appendSnapshot({ now: second }, changed)).appended).toBe(1);
  const after = await loadBook(before);
  expect(after).toBeInstanceOf(PriceBook);
  expect(after.size).toBe(before.size + 1);
  const usd = (book: PriceBook, at: Date) =>
    book.lookup("openai", "gpt-4o", at)?.standard.buckets.freshInputTokens?.tiers[0]?.usd;
  expect(usd(before, second)).toBe("2.5");
  expect(usd(after, new Date(second.getTime() - 1))).toBe("2.5");
  expect(usd(after, second)).toBe("1.25");
});

it("lets no login role rewrite a price", async () => {
  const { urls } = testDatabase();
  for (const url of [
    urls.DATABASE_URL,
    urls.DATABASE_INGEST_URL,
    urls.DATABASE_JOBS_URL,
    urls.DATABASE_AUTH_URL,
  ]) {
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const sql of [
      "UPDATE price_rate SET usd = 0",
      "DELETE FROM price_rate",
      "UPDATE price_version SET valid_to = now()",
      "DELETE FROM price_version",
    ]) {
      await expect(client.query(sql)).rejects.toThrow(/permission denied/);
    }
    await client.end();
  }
});
