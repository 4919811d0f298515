import { beforeAll, describe, expect, it } from "vitest";
import { seedDemo } from "@/prisma/seed/demo";
import { instantDaysAgo } from "@/prisma/seed/rhythm";
import { stories } from "@/prisma/seed/stories";
import type { Ctx } from "@/server/context";
import { withClient } from "@/server/launch/provision";
import { Usd, usdText } from "@/server/prices/decimal";
import { systemContext } from "@/server/system-context";
import { testDatabase } from "@/tests/setup/database";
import { spend } from "./spend";
import { why } from "./why";
import { whyUsers } from "./why-users";
import type { WhyAnswer } from "./why-schemas";

const now = new Date("2026-11-19T12:00:00Z");
let ctx: Ctx;

beforeAll(async () => {
  await seedDemo({ now, calls: 40_000 });
  const tenantId = await withClient(testDatabase().adminUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT tenant_id AS id FROM tenant WHERE slug = 'demo'",
    );
    return rows[0]?.id ?? "";
  });
  ctx = await systemContext(tenantId, "test", { now });
}, 240_000);

const ago = (days: number, hour = 0) => instantDaysAgo(now, ctx.tenant.timeZone, days, hour).toISOString();
/** From so many days ago on, so many days; and as many before. */
const around = (daysAgo: number, days: number) => ({
  from: ago(daysAgo),
  to: ago(daysAgo - days),
  compare: { from: ago(daysAgo + days), to: ago(daysAgo) },
});
const only = (feature: string) => ({ filter: { feature: [feature] } });

const sum = (parts: readonly { usd: string }[]) =>
  usdText(parts.reduce((total, { usd }) => total.plus(usd), new Usd(0)));

/** Whatever the story: the parts are the change, and the change is that of every other screen. */
async function explained(input: Parameters<typeof why>[1]): Promise<WhyAnswer> {
  const answer = await why(ctx, input);
  expect(sum([...answer.parts, ...(answer.rest ? [answer.rest] : [])])).toBe(answer.deltaUsd);
  expect(sum(answer.causes)).toBe(answer.deltaUsd);
  const { from, to, compare, filter } = input;
  const [after, before] = [
    await spend(ctx, { from, to, filter }),
    await spend(ctx, { ...compare, filter }),
  ].map(({ total }) => total);
  expect([answer.before.costUsd, answer.after.costUsd]).toEqual([before?.costUsd, after?.costUsd]);
  expect([answer.before.calls, answer.after.calls]).toEqual([before?.calls, after?.calls]);
  return answer;
}

const leading = ({ causes, parts }: WhyAnswer) => [causes[0]?.cause, parts[0]?.cause];

describe("the planted cause ranks first", () => {
  const { retryLoop, heavierPrompt, priceChange, risingCache, unpricedModel } = stories;
  const night = (daysAgo: number) => ({
    from: ago(daysAgo, retryLoop.fromHour),
    to: ago(daysAgo, retryLoop.fromHour + retryLoop.hours),
  });

  it.each([
    ["that night against the night before", () => ({ ...night(retryLoop.daysAgo), compare: night(retryLoop.daysAgo + 1) })],
    ["that day against the day before", () => around(retryLoop.daysAgo, 1)],
    ["that week against the week before", () => around(retryLoop.daysAgo + 1, 7)],
    ["that week, of its feature", () => ({ ...around(retryLoop.daysAgo + 1, 7), ...only(retryLoop.feature) })],
  ])("a retry loop: %s", async (_stretches, input) => {
    const answer = await explained(input());
    expect(leading(answer)).toEqual(["retries", "retries"]);
    expect(answer.parts[0]).toMatchObject({ work: { feature: retryLoop.feature } });
    // Nearly all of it: each attempt beyond the first is paid for and serves nobody.
    expect(Number(answer.parts[0]?.usd) / Number(answer.deltaUsd)).toBeGreaterThan(0.85);
  }); // prettier-ignore

  it.each([
    ["of its feature", () => ({ ...around(heavierPrompt.daysAgo, 7), ...only(heavierPrompt.feature) })],
    ["of everything", () => around(heavierPrompt.daysAgo, 7)],
  ])("a heavier prompt: the week of it against the week before, %s", async (_scope, input) => {
    const answer = await explained(input());
    expect(leading(answer)).toEqual(["promptVersion", "promptVersion"]);
    const { promptId: prompt, before, after, feature } = heavierPrompt;
    const part = answer.parts[0];
    expect(part).toMatchObject({
      prompt,
      lost: { name: before },
      gained: { name: after },
      work: { feature },
    });
    if (part?.cause !== "promptVersion") throw new Error("another cause");
    expect(part.gained.tokensPerCall / part.lost.tokensPerCall).toBeCloseTo(heavierPrompt.tokenFactor, 0);
  });

  it("a price change: half, at the same tokens", async () => {
    const { daysAgo, feature, model } = priceChange;
    const answer = await explained({ ...around(daysAgo, 7), ...only(feature) });
    expect(leading(answer)).toEqual(["price", "price"]);
    expect(answer.parts[0]).toMatchObject({ model, features: [feature], level: 0.5 });
    expect(answer.parts[0]).toHaveProperty("listed.0", {
      bucket: "freshInputTokens",
      usdPerMillion: ["0.6", "0.3"],
    });
  });

  it("a model without a price: not a saving", async () => {
    const { sinceDaysAgo, feature, model } = unpricedModel;
    const answer = await explained({ ...around(sinceDaysAgo, 7), ...only(feature) });
    expect(leading(answer)).toEqual(["unpriced", "unpriced"]);
    expect(answer.parts[0]).toMatchObject({ models: [model], work: { feature } });
    expect(answer.after.unpricedCalls).toBeGreaterThan(0);
  });

  it.each(["cost", "costPerCall"] as const)("cache hits that rise: %s of the last 28 days", async (measure) => {
    const { feature } = risingCache;
    const input = { from: ago(28), to: ago(0), compare: { from: ago(84), to: ago(56) }, ...only(feature) };
    const answer = await explained({ ...input, measure });
    expect(leading(answer)).toEqual(["cache", "cache"]);
    expect(Number(answer.causes[0]?.usd)).toBeLessThan(0);
  }); // prettier-ignore
});

it("adds up over 45 days and everything that happened in them", async () => {
  const { causes } = await explained({ ...around(45, 45), limit: 500 });
  expect(causes.filter(({ usd }) => usd !== "0").length).toBeGreaterThanOrEqual(7);
});

it("tells the largest parts, and what the others come to", async () => {
  const { parts, rest, deltaUsd } = await explained({ ...around(45, 45), limit: 3 });
  expect(parts).toHaveLength(3);
  expect(sum([...parts, ...(rest ? [rest] : [])])).toBe(deltaUsd);
});

it("by account, where prompts and kinds cannot be told apart, says so and adds up", async () => {
  const { accounts, leftDaysAgo } = stories.expensiveLeavers;
  const { notes } = await explained({ ...around(leftDaysAgo, 28), filter: { account: [...accounts] } });
  expect(notes).toEqual(["byUser"]);
});

describe("whose cost changed", () => {
  const { users, leftDaysAgo, features } = stories.expensiveLeavers;
  const left = () => around(leftDaysAgo, 28);

  it.each([
    ["of everything", {}],
    ["of their feature", only(features[0])],
  ])("expensive users who left rank first, %s", async (_scope, filter) => {
    const answer = await whyUsers(ctx, { ...left(), ...filter, limit: 20 });
    expect(answer.groups[0]?.group).toBe("gone");
    const gone = answer.users.filter(({ group }) => group === "gone");
    expect(
      gone
        .slice(0, users.length)
        .map(({ key }) => key)
        .sort(),
    ).toEqual([...users].sort());
    expect(gone.every(({ calls }) => calls[0] > 0 && calls[1] === 0)).toBe(true);
    expect(sum(answer.groups)).toBe(answer.deltaUsd);
    expect(answer.deltaUsd).toBe((await why(ctx, { ...left(), ...filter })).deltaUsd);
  });

  it("is asked by account as well", async () => {
    const answer = await whyUsers(ctx, { ...left(), by: "account", limit: 2 });
    expect(answer.users.map(({ key }) => key).sort()).toEqual([...stories.expensiveLeavers.accounts].sort());
    expect(answer.deltaUsd).toBe((await why(ctx, left())).deltaUsd);
  });

  it("refuses users and prompts together, rather than answer in part", () =>
    expect(whyUsers(ctx, { ...left(), filter: { prompt: ["email-draft"] } })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    }));
});
