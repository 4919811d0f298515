import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  anthropicWork,
  bookedOf,
  callsOf,
  daysOf,
  openAiWork,
  priceOf,
  type Work,
} from "@/tests/factories/bill-story";
import { startFakeAnthropicCosts } from "@/tests/mocks/anthropic-costs";
import { makeBillState } from "@/tests/mocks/bill-fake";
import { setEnvironment } from "@/tests/mocks/environment";
import { startFakeOpenAiCosts } from "@/tests/mocks/openai-costs";

// The fakes stand on this machine, where no provider is.
setEnvironment({ ALLOW_PRIVATE_SOURCES: "on" });
const { recordCalls } = await import("@/server/calls/record");
const { systemContext } = await import("@/server/system-context");
const { connectBill } = await import("./connect");
const { billMonth } = await import("./month");
const { matchBill } = await import("./match");
const { pullBill } = await import("./pull");
const { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } = await import("@/tests/factories/tenant"); // prettier-ignore
type Tenant = Awaited<ReturnType<typeof makeTenant>>;

const openai = await startFakeOpenAiCosts();
const anthropic = await startFakeAnthropicCosts();
afterAll(() => Promise.all([openai.close(), anthropic.close()]));
const start = new Date("2026-11-03T06:00:00Z");
const at = (days: number) => new Date(start.getTime() + days * 86_400_000);
const later = at(1);
const month = "2026-10";
/** With a day on either side. */
const days = daysOf("2026-09-30", 33);

beforeAll(() => loadPrices(at(-60)));
beforeEach(() => {
  Object.assign(openai.state, makeBillState());
  Object.assign(anthropic.state, makeBillState(), { discount: null });
});

type Provider = "openai" | "anthropic";
const fakeOf = (provider: Provider) => (provider === "openai" ? openai : anthropic);

async function connect(tenant: Tenant, provider: Provider, settings: object = {}) {
  const { url, adminKey } = fakeOf(provider);
  const input = { provider, name: "Org", baseUrl: url, credentials: { adminKey }, settings };
  return (await connectBill(contextOf(tenant, personWith("admin"), start), input)).id;
}
async function pull(tenant: Tenant, connectionId: string, now: Date) {
  for (let step = 0; step < 40; step += 1) {
    const { more, waitSeconds } = await pullBill(await systemContext(tenant.id, "test", { now }), {
      connectionId,
    });
    if (!more || waitSeconds !== null) return;
  }
  throw new Error("the pull does not end");
}
async function keep(tenant: Tenant, works: readonly Work[]) {
  const calls = works.flatMap((work, at) => callsOf(work, at));
  for (let from = 0; from < calls.length; from += 500) {
    const answer = await recordCalls(contextOf(tenant, system, start), { calls: calls.slice(from, from + 500) }, { source: "import", anyAge: true });
    expect(answer.rejected).toEqual([]);
  }
} // prettier-ignore
const monthOf = (tenant: Tenant, provider: Provider, now = later) =>
  billMonth(contextOf(tenant, personWith("finance"), now), { provider, month });

/** Ledger and bill of a tenant of its own, read twice. */
async function compare(
  provider: Provider,
  { ledger, billed = ledger, settings = {} }: { ledger: Work[]; billed?: Work[]; settings?: object },
  change: () => void = () => undefined,
) {
  const tenant = await makeTenant();
  await keep(tenant, ledger);
  fakeOf(provider).state.usage = billed.map(bookedOf);
  change();
  const id = await connect(tenant, provider, settings);
  await pull(tenant, id, start);
  await pull(tenant, id, later);
  const figures = await monthOf(tenant, provider);
  // The causes add up to the gap, in each line, each day and the month.
  const { lines } = await matchBill(contextOf(tenant, personWith("finance"), later), { provider, month });
  for (const { gapUsd, causes } of [
    figures,
    ...figures.days.filter(({ gapUsd: gap }) => gap !== null),
    ...lines,
  ])
    expect(sum(causes.map(({ usd }) => usd))).toBe(gapUsd);
  return { tenant, id, figures, differing: lines.filter(({ gapUsd }) => gapUsd !== "0") };
}
const sum = (amounts: string[]) =>
  amounts.reduce((total, usd) => priceOf("", "").plus(usd).plus(total), priceOf("", "")).toFixed();
const named = (figures: Awaited<ReturnType<typeof monthOf>>) =>
  Object.fromEntries(Object.entries(figures.byCause).filter(([, usd]) => usd !== "0"));
const usd = (work: Work, names = Object.keys(work.tokens), service: string = work.service) =>
  names.reduce((total, name) => total.plus(priceOf(work.model, name, service).times((work.tokens[name] ?? 0) * work.calls)), priceOf("", "")); // prettier-ignore

describe("a month that was closed with a wrong price", () => {
  it("costs what its corrections say, the last of each call", async () => {
    const tenant = await makeTenant();
    const works = openAiWork(days);
    await keep(tenant, works);
    // Half of what they should have cost, corrected to twice and then to what is right.
    await asAdmin("UPDATE call SET cost_usd = cost_usd / 2 WHERE tenant_id = $1 AND call_id = ANY (SELECT call_id FROM call WHERE tenant_id = $1 AND cost_usd > 0 ORDER BY call_id LIMIT 40)", [tenant.id]); // prettier-ignore
    openai.state.usage = works.map(bookedOf);
    const id = await connect(tenant, "openai");
    await pull(tenant, id, start);
    await pull(tenant, id, later);
    const before = await monthOf(tenant, "openai");
    expect(before.gapUsd).not.toBe("0");
    for (const [times, delta] of [
      [4, 3],
      [2, -2],
    ]) {
      const runId = randomUUID();
      await asAdmin(
        `INSERT INTO reprice_run (tenant_id, id, reason, scope, known_at, state, requested_by, requested_at, progressed_at)
         VALUES ($1, $2, 'x', '{}', now(), 'done', 'x', now(), now())`,
        [tenant.id, runId],
      );
      await asAdmin(
        `INSERT INTO call_correction (tenant_id, occurred_at, call_id, run_id, booked_at, month, cost_usd, delta_usd, price_status, price_version_id, kind, provider, model)
         SELECT tenant_id, occurred_at, call_id, $2, '2026-11-02', '2026-10-01', cost_usd * $3, cost_usd * $4, price_status, price_version_id, kind, provider, model
         FROM call WHERE tenant_id = $1 AND call_id = ANY (SELECT call_id FROM call WHERE tenant_id = $1 AND cost_usd > 0 ORDER BY call_id LIMIT 40)`,
        [tenant.id, runId, times, delta],
      );
    }
    const after = await monthOf(tenant, "openai");
    expect(after).toMatchObject({ gapUsd: "0", causes: [], ledgerUsd: after.billUsd });
  });
});

describe("a clean month", () => {
  it.each(["number", "string"] as const)(
    "of OpenAI has no gap at all (amounts as a %s)",
    async (amountsAs) => {
      const { figures, differing } = await compare("openai", { ledger: openAiWork(days) }, () => {
        openai.state.amountsAs = amountsAs;
      });
      expect(differing).toEqual([]);
      expect(figures).toMatchObject({
        gapUsd: "0",
        causes: [],
        unexplainedShare: "0",
        unreadDays: [],
        isFinal: true,
      });
      expect(figures.days).toHaveLength(31);
      expect(figures.days.filter(({ gapUsd }) => gapUsd !== "0")).toEqual([]);
      expect(Number(figures.billUsd)).toBeGreaterThan(10);
    },
  );

  it("of Anthropic has none either: cents, and input without what was cached", async () => {
    const { figures, differing } = await compare("anthropic", { ledger: anthropicWork(days) });
    expect(differing).toEqual([]);
    expect(figures).toMatchObject({ gapUsd: "0", causes: [], isFinal: true });
    expect(Number(figures.billUsd)).toBeGreaterThan(5);
  });

  it("sees a call that is not there (mutation control)", async () => {
    const all = openAiWork(days);
    const { figures } = await compare("openai", {
      ledger: all.slice(0, 40).concat(all.slice(41)),
      billed: all,
    });
    expect(figures.gapUsd).not.toBe("0");
  });
});

describe("a planted gap", () => {
  const work = openAiWork(days);
  const inMonth = ({ day }: Work) => day.startsWith(month);

  it("a key whose calls are not sent here is coverage, by its project", async () => {
    const ledger = work.filter(({ workspace }) => workspace !== "proj_jobs");
    const missing = work.filter((one) => one.workspace === "proj_jobs" && inMonth(one));
    const { figures } = await compare("openai", { ledger, billed: work });
    const usdMissing = sum(missing.map((one) => usd(one).toFixed()));
    expect(named(figures)).toEqual({ coverage: usdMissing });
    expect(figures.causes).toEqual([{ cause: "coverage", subject: "proj_jobs", usd: usdMissing }]);
    expect(figures.unexplainedShare).toBe("0");
  });

  it("some missing calls, and a day without any, are coverage", async () => {
    const isGone = (one: Work) =>
      (one.day === "2026-10-09" && one.service === "batch") || one.day === "2026-10-20";
    const { figures } = await compare("openai", { ledger: work.filter((one) => !isGone(one)), billed: work });
    expect(named(figures)).toEqual({ coverage: sum(work.filter(isGone).map((one) => usd(one).toFixed())) });
    expect(figures.causes.map(({ subject }) => subject).sort()).toEqual([
      "calls that the ledger lacks",
      "no calls on this day",
    ]);
  });

  it("a project that the connection does not cover is coverage, too, on one day already", async () => {
    const extra: Work = { day: "2026-10-12", model: "gpt-4o", workspace: "proj_lab", service: "standard", calls: 1, tokens: { input: 900_001, output: 80_003 } }; // prettier-ignore
    const { figures } = await compare("openai", {
      ledger: work,
      billed: [...work, extra],
      settings: { covers: ["proj_app", "proj_jobs"] },
    });
    expect(figures.causes).toEqual([{ cause: "coverage", subject: "proj_lab", usd: usd(extra).toFixed() }]);
  });

  it("another tier than the ledger says is tier", async () => {
    const asStandard = (one: Work): Work => (one.service === "batch" ? { ...one, service: "standard" } : one);
    const { figures } = await compare("openai", { ledger: work, billed: work.map(asStandard) });
    const batches = work.filter((one) => one.service === "batch" && inMonth(one));
    // A batch costs half: what is billed beside it is as much again.
    expect(named(figures)).toEqual({ tier_or_discount: sum(batches.map((one) => usd(one).toFixed())) });
  });

  it("cached tokens that are billed as input, too, are category", async () => {
    const { figures } = await compare("openai", { ledger: work }, () => {
      for (const row of openai.state.usage) {
        const { input, cache_read: cached } = row.classes;
        if (!input || !cached) continue;
        input.tokens += cached.tokens;
        input.usd = priceOf(row.model, "input", row.service).times(input.tokens).toFixed();
      }
    });
    const twice = work.filter(inMonth).map((one) => priceOf(one.model, "input", one.service).times((one.tokens.cache_read ?? 0) * one.calls).toFixed()); // prettier-ignore
    expect(named(figures)).toEqual({ category: sum(twice) });
  });

  it("cached tokens that are billed as fresh are category", async () => {
    const swapped = (one: Work): Work =>
      one.tokens.cache_read === undefined || one.day !== "2026-10-15" ? one : { ...one, tokens: { ...one.tokens, input: (one.tokens.input ?? 0) + 1_000, cache_read: one.tokens.cache_read - 1_000 } }; // prettier-ignore
    const moved = work
      .filter((one) => swapped(one) !== one)
      .reduce((total, { calls }) => total + calls * 1_000, 0);
    const { figures } = await compare("openai", { ledger: work, billed: work.map(swapped) });
    expect(named(figures)).toEqual({ category: priceOf("gpt-4o", "input").minus(priceOf("gpt-4o", "cache_read")).times(moved).toFixed() }); // prettier-ignore
  });

  it("a call booked on the next day is the time zone, and cancels out", async () => {
    const late: Work = { day: "2026-10-07", model: "gpt-4o", workspace: "proj_app", service: "standard", calls: 1, tokens: { input: 30_001, output: 2_001 } }; // prettier-ignore
    const { figures } = await compare("openai", {
      ledger: [...work, { ...late, day: "2026-10-08" }],
      billed: [...work, late],
    });
    expect(figures).toMatchObject({ gapUsd: "0", causes: [], unexplainedUsd: "0" });
    const told = figures.days
      .filter(({ gapUsd }) => gapUsd !== "0")
      .map(({ day, causes }) => ({ day, causes }));
    expect(told).toEqual([
      { day: "2026-10-07", causes: [{ cause: "time_zone", subject: "", usd: usd(late).toFixed() }] },
      { day: "2026-10-08", causes: [{ cause: "time_zone", subject: "", usd: usd(late).neg().toFixed() }] },
    ]);
  });

  it("another rate for the same tokens is the price", async () => {
    const { figures } = await compare("openai", { ledger: work }, () => {
      for (const row of openai.state.usage)
        if (row.model === "gpt-4o-mini" && row.classes.output) row.classes.output.usd = priceOf("gpt-4o-mini", "output").times(row.classes.output.tokens).times("1.1").toFixed(); // prettier-ignore
    });
    const minis = work.filter((one) => one.model === "gpt-4o-mini" && inMonth(one));
    expect(named(figures)).toEqual({
      price: sum(minis.map((one) => usd(one, ["output"]).times("0.1").toFixed())),
    });
  });

  it("a discount is told by the list price, or by one share on everything", async () => {
    const ledger = anthropicWork(days);
    const off = sum(ledger.filter(inMonth).map((one) => usd(one).times("-0.08").toFixed()));
    for (const netOfDiscounts of [true, false]) {
      const { figures } = await compare("anthropic", { ledger, settings: { netOfDiscounts } }, () => {
        anthropic.state.discount = "0.92";
      });
      expect(named(figures)).toEqual({ tier_or_discount: off });
    }
  });

  it("tax and credits are lines without a model", async () => {
    const { figures } = await compare("openai", { ledger: work }, () => {
      openai.state.extras = [
        { day: "2026-10-31", description: "Sales tax", usd: "3.21" },
        { day: "2026-10-02", description: "Promotional credits", usd: "-5" },
      ];
    });
    expect(named(figures)).toEqual({ tax_or_credit: "-1.79" });
    expect(figures.causes.map(({ subject }) => subject)).toEqual(["Promotional credits", "Sales tax"]);
  });

  it("a model that nobody here knows is an unknown model, and listed", async () => {
    const { figures } = await compare("openai", { ledger: work }, () => {
      openai.state.usage.push({ day: "2026-10-11", model: "orion-alpha-x", service: "standard", workspace: "proj_app", requests: 1, classes: { input: { tokens: 1_000, usd: "0.75" } } }); // prettier-ignore
    });
    expect(named(figures)).toEqual({ unknown_model: "0.75" });
    expect(figures.unmatched.bill).toEqual(["orion-alpha-x"]);
  });

  it("two at once are told apart, each with its amount", async () => {
    const late: Work = { day: "2026-10-07", model: "gpt-4o", workspace: "proj_app", service: "standard", calls: 1, tokens: { input: 30_001, output: 2_001 } }; // prettier-ignore
    const ledger = [
      ...work.filter(({ workspace }) => workspace !== "proj_jobs"),
      { ...late, day: "2026-10-08" },
    ];
    const { figures } = await compare("openai", { ledger, billed: [...work, late] }, () => {
      openai.state.extras = [{ day: "2026-10-31", description: "VAT", usd: "1.5" }];
    });
    const missing = work.filter((one) => one.workspace === "proj_jobs" && inMonth(one));
    expect(named(figures)).toEqual({
      coverage: sum(missing.map((one) => usd(one).toFixed())),
      tax_or_credit: "1.5",
    });
    const shifted = figures.days.flatMap(({ day, causes }) => causes.filter(({ cause }) => cause === "time_zone").map((one) => [day, one.usd])); // prettier-ignore
    expect(shifted).toEqual([["2026-10-07", usd(late).toFixed()], ["2026-10-08", usd(late).neg().toFixed()]]); // prettier-ignore
    expect(Number(figures.unexplainedShare)).toBeLessThan(0.005);
  });

  it("a day that the provider changes once it was final is a late correction", async () => {
    const { tenant, id, figures } = await compare("openai", { ledger: work });
    expect(figures.gapUsd).toBe("0");
    const changed = openai.state.usage.find(
      ({ day, model }) => day === "2026-10-14" && model === "gpt-4o-mini",
    );
    if (changed?.classes.output) changed.classes.output.usd = priceOf("gpt-4o-mini", "output").times(changed.classes.output.tokens).plus("0.4").toFixed(); // prettier-ignore
    await pull(tenant, id, at(2));
    const after = await monthOf(tenant, "openai", at(2));
    expect(named(after)).toEqual({ late_correction: "0.4" });
    expect(after.isFinal).toBe(false);
    expect(after.days.filter(({ isCorrected }) => isCorrected).map(({ day }) => day)).toEqual(["2026-10-14"]);
    await pull(tenant, id, at(3));
    expect(await monthOf(tenant, "openai", at(3))).toMatchObject({ isFinal: true, gapUsd: "0.4" });
  });
});
