import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { forgetPolicy } from "@/server/attribution/tenant-policy";
import type { Tenant } from "@/server/context";
import { asAdmin, contextOf, ingestKey, makeTenant, personWith } from "@/tests/factories/tenant";
import { identifyUsers } from "./identify";
import { receiveSegment } from "./receive-segment";
import { recordUsage } from "./record";
import type { SegmentType } from "./segment";

const now = new Date("2026-11-20T12:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

let tenant: Tenant;
beforeEach(async () => {
  tenant = await makeTenant();
});
const ctx = (of = tenant) => contextOf(of, ingestKey, now);
const use = (events: unknown[]) => recordUsage(ctx(), { events }, { source: "api" });
const say = (users: unknown[]) => identifyUsers(ctx(), { users });
const event = (id: string, more: object = {}) => ({
  id,
  occurredAt: ago(1),
  userId: "u",
  feature: "chat",
  ...more,
});
const events = () => asAdmin("SELECT message_id, user_id, account_id, feature, event, source FROM usage_event WHERE tenant_id = $1 ORDER BY message_id", [tenant.id]); // prettier-ignore
const users = (of = tenant) => asAdmin("SELECT user_id, account_id, plan, trim_scale(mrr_usd)::text AS mrr, signed_up_at, identified_at FROM end_user WHERE tenant_id = $1 ORDER BY user_id", [of.id]); // prettier-ignore

describe("usage events", () => {
  it("are stored once, whatever is repeated in a batch or later", async () => {
    const sent = [event("b"), event("a"), event("b", { feature: "other" })];
    expect(await use(sent)).toEqual({ accepted: 2, duplicates: 1, rejected: [] });
    expect(await use([event("a"), event("c", { userId: undefined, accountId: "acme", event: "exported" })])).toEqual({ accepted: 1, duplicates: 1, rejected: [] }); // prettier-ignore
    expect(await events()).toEqual([
      { message_id: "a", user_id: "u", account_id: null, feature: "chat", event: "used", source: "api" },
      { message_id: "b", user_id: "u", account_id: null, feature: "chat", event: "used", source: "api" },
      {
        message_id: "c",
        user_id: null,
        account_id: "acme",
        feature: "chat",
        event: "exported",
        source: "api",
      },
    ]);
  });

  it("are refused one by one", async () => {
    const bad: unknown[] = [
      event("no-one", { userId: undefined }),
      event("old", { occurredAt: "2026-10-01T00:00:00Z" }),
      event("new", { occurredAt: "2026-11-20T12:06:00Z" }),
      event("text", { prompt: "canary" }),
      event(""),
      JSON.parse('{"id":"x","occurredAt":"2026-11-20T11:00:00Z","userId":"u","__proto__":{"a":1}}'),
      null,
    ];
    const { accepted, rejected } = await use([event("good"), ...bad]);
    expect(accepted).toBe(1);
    expect(rejected.map(({ index, code, field }) => [index, code, field])).toEqual([
      [1, "INVALID", null],
      [2, "TOO_OLD", "occurredAt"],
      [3, "TOO_NEW", "occurredAt"],
      [4, "INVALID", "prompt"],
      [5, "INVALID", "id"],
      [6, "INVALID", "__proto__"],
      [7, "INVALID", null],
    ]);
    expect(await events()).toHaveLength(1);
  });

  it("are accepted to the second of the window, and not beyond", async () => {
    const edge = [event("oldest", { occurredAt: "2026-10-16T12:00:00Z" }), event("newest", { occurredAt: "2026-11-20T12:05:00Z" })]; // prettier-ignore
    expect((await use(edge)).accepted).toBe(2);
    const beyond = [event("o", { occurredAt: "2026-10-16T11:59:59.999Z" }), event("n", { occurredAt: "2026-11-20T12:05:00.001Z" })]; // prettier-ignore
    expect((await use(beyond)).rejected.map(({ code }) => code)).toEqual(["TOO_OLD", "TOO_NEW"]);
  });

  it("of another tenant may have the same id", async () => {
    await use([event("a")]);
    const other = contextOf(await makeTenant(), ingestKey, now);
    expect(await recordUsage(other, { events: [event("a")] }, { source: "api" })).toMatchObject({
      accepted: 1,
    });
  });

  it("take a key with the right", async () => {
    const viewer = contextOf(tenant, personWith("viewer"), now);
    await expect(recordUsage(viewer, { events: [event("a")] }, { source: "api" })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
    await expect(identifyUsers(viewer, { users: [{ userId: "u" }] })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(receiveSegment(viewer, { body: Buffer.from("{}"), type: "track" })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
  });
});

interface Word {
  userId: string;
  at: string;
  plan?: string;
  mrrUsd?: string;
  accountId?: string;
  signedUpAt?: string;
}

describe("words about users", () => {
  it("keep what a later word leaves out", async () => {
    await say([{ userId: "u", accountId: "acme", plan: "free", at: ago(9) }]);
    await say([{ userId: "u", plan: "pro", mrrUsd: "49.5", at: ago(5) }]);
    expect(await users()).toMatchObject([{ account_id: "acme", plan: "pro", mrr: "49.5" }]);
  });

  it("hold by their own time: a late old word fills what is unknown and changes nothing else", async () => {
    await say([{ userId: "u", mrrUsd: "5", at: ago(1) }]);
    await say([{ userId: "u", plan: "first", mrrUsd: "1", at: ago(9) }]);
    // Older than the newest word, newer than what is known of the plan.
    await say([{ userId: "u", plan: "second", at: ago(5) }]);
    expect(await users()).toMatchObject([{ plan: "second", mrr: "5", identified_at: new Date(ago(1)) }]);
  });

  const name = fc.constantFrom("a", "B", "ä", "z");
  const word: fc.Arbitrary<Word> = fc.record(
    {
      userId: fc.constantFrom("u", "v"),
      at: fc.constantFrom(1, 2, 3).map(ago),
      plan: name,
      mrrUsd: fc.constantFrom("0", "9.5", "10"),
      accountId: name,
      signedUpAt: fc.constantFrom("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
    },
    { requiredKeys: ["userId", "at"] },
  );

  it("come to the same in any order, together or alone, once or twice", { timeout: 120_000 }, async () => {
    const rounds = fc.sample(fc.array(word, { minLength: 2, maxLength: 8 }), { seed: 20261121, numRuns: 25 });
    for (const [round, words] of rounds.entries()) {
      const results = [];
      const shuffled = fc.sample(fc.shuffledSubarray(words, { minLength: words.length }), {
        seed: round,
        numRuns: 2,
      });
      for (const [at, order] of [words, ...shuffled].entries()) {
        const own = await makeTenant();
        const batches = at === 0 ? [order] : [...order.map((one) => [one]), order.slice(0, 1)];
        for (const batch of batches) await identifyUsers(ctx(own), { users: batch });
        results.push(await users(own));
      }
      expect(results[1], JSON.stringify(words)).toEqual(results[0]);
      expect(results[2], JSON.stringify(words)).toEqual(results[0]);
    }
  });

  it("are refused one by one, and from the future too", async () => {
    const bad = [{ userId: "" }, { plan: "pro" }, { userId: "u", mrrUsd: 5 }, { userId: "u", mrrUsd: "-1" }, { userId: "u", email: "canary@example.com" }, { userId: "u", at: "2026-11-20T12:06:00Z" }, null]; // prettier-ignore
    const { accepted, rejected } = await say([
      ...bad,
      { userId: "ok", plan: "pro", at: "2020-01-01T00:00:00Z" },
    ]);
    expect([accepted, rejected.map(({ index }) => index)]).toEqual([1, [0, 1, 2, 3, 4, 5, 6]]);
    expect(rejected.at(5)?.code).toBe("TOO_NEW");
    expect(await users()).toMatchObject([{ user_id: "ok" }]);
  });
});

it("users get the pseudonym that their calls have", async () => {
  await asAdmin("INSERT INTO tenant_policy (tenant_id, pseudonymise, pseudonym_salt, updated_at) VALUES ($1, true, $2, now())", [tenant.id, randomBytes(32)]); // prettier-ignore
  forgetPolicy(tenant.id);
  await use([event("a", { userId: "canary@example.com" })]);
  await say([{ userId: "canary@example.com", plan: "pro" }]);
  const [used] = await events();
  const [known] = await users();
  expect(used?.user_id).toMatch(/^u_[\w-]{22}$/);
  expect(known?.user_id).toBe(used?.user_id);
});

describe("Segment's protocol", () => {
  const receive = (body: unknown, type?: SegmentType) =>
    receiveSegment(ctx(), {
      body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
      type,
    });

  it("a batch is stored message by message", async () => {
    const batch = [
      { type: "track", event: "Feature Used", userId: "u", properties: { feature: "chat" }, messageId: "1" },
      { type: "page", userId: "u" },
      { type: "track", event: "Feature Used", messageId: "nobody" },
      { type: "identify", userId: "u", traits: { plan: "pro", mrr: 9 } },
      { type: "track", event: "x".repeat(40_000), userId: "u", messageId: "large" },
      { type: "what" },
      { type: "track", event: "Feature Used", userId: "u", messageId: "1" },
    ];
    const answer = await receive({ batch, sentAt: ago(0) });
    expect(answer).toMatchObject({ accepted: 2, duplicates: 1, ignored: 1 });
    expect(answer.rejected.map(({ index }) => index)).toEqual([2, 4, 5]);
    expect(await events()).toMatchObject([{ message_id: "1", feature: "chat", source: "segment" }]);
    expect(await users()).toMatchObject([{ user_id: "u", plan: "pro", mrr: "9" }]);
  });

  it("more messages than one batch of ours", async () => {
    const batch = Array.from({ length: 2_500 }, (_, n) => ({ type: "track", event: "e", userId: "u", messageId: `m${n}` })); // prettier-ignore
    expect(await receive({ batch })).toMatchObject({ accepted: 2_500, rejected: [] });
  });

  it.each(["", "{", "null", "5", "[]", '{"batch":{}}', '{"batch":null}', "{}"])(
    "%j is no batch",
    async (body) => {
      await expect(receive(body)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    },
  );

  it("an empty batch is fine", async () => {
    expect(await receive({ batch: [] })).toEqual({ accepted: 0, duplicates: 0, ignored: 0, rejected: [] });
  });
});
