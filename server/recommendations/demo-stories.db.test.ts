import { beforeAll, describe, expect, it } from "vitest";
import { seedDemo } from "@/prisma/seed/demo";
import { stories } from "@/prisma/seed/stories";
import type { Ctx } from "@/server/context";
import { systemContext } from "@/server/system-context";
import { asAdmin } from "@/tests/factories/tenant";
import { listRecommendations } from "./list";
import { refreshRecommendations } from "./refresh";

const now = new Date("2026-11-19T12:00:00Z");
let ctx: Ctx;

beforeAll(async () => {
  await seedDemo({ now, calls: 30_000 });
  const [demo] = await asAdmin<{ id: string }>("SELECT tenant_id AS id FROM tenant WHERE slug = 'demo'");
  ctx = await systemContext(demo?.id ?? "", "test", { now });
}, 240_000);

describe("what was planted in the demo is found", () => {
  const { retryLoop, heavierPrompt, nightlyBatch } = stories;
  const found = async () => (await listRecommendations(ctx)).recommendations;

  it("a retry loop, by its feature and what had failed", async () => {
    const loop = (await found()).find(({ kind, finding }) => kind === "retry" && finding.subject.feature === retryLoop.feature); // prettier-ignore
    expect(loop?.finding.subject.cause).toBe(retryLoop.errorClass);
    const { evidence } = loop?.finding ?? {};
    if (evidence?.kind !== "retry") throw new Error("no evidence of retries");
    expect(evidence.retryCalls).toBeGreaterThanOrEqual(retryLoop.requests * (retryLoop.attempts - 1));
    // That one night was nearly all of it.
    expect(evidence.worstDay).toBe("2026-11-02");
    expect(Number(evidence.worstDayUsd) / Number(evidence.retryCostUsd)).toBeGreaterThan(0.9);
    expect(Number(loop?.finding.savingUsd)).toBeCloseTo(Number(evidence.retryCostUsd) / 2, 9);
  });

  it("a prompt version that doubled its tokens", async () => {
    const heavier = (await found()).find(({ kind }) => kind === "prompt");
    expect(heavier?.finding.subject).toMatchObject({
      feature: heavierPrompt.feature,
      prompt: heavierPrompt.promptId,
      version: heavierPrompt.after,
    });
    const { evidence } = heavier?.finding ?? {};
    if (evidence?.kind !== "prompt") throw new Error("no evidence of a version");
    expect(evidence.previousVersion).toBe(heavierPrompt.before);
    const rise = evidence.after.inputTokensPerCall / evidence.before.inputTokensPerCall;
    expect(rise).toBeGreaterThan(1.6);
    expect(rise).toBeLessThan(2.4);
    // It doubled: about half of what it costs is beyond the former version.
    expect(Number(heavier?.finding.savingUsd) / Number(evidence.costUsd)).toBeGreaterThan(0.35);
    expect(Number(heavier?.finding.savingUsd) / Number(evidence.costUsd)).toBeLessThan(0.6);
  });

  it("what is batched already is not to be batched", async () => {
    const batches = (await found()).filter(({ kind }) => kind === "batch");
    expect(batches.map(({ finding }) => finding.subject.feature)).not.toContain(nightlyBatch.feature);
    // It was looked at: nobody waits for its calls.
    expect((await listRecommendations(ctx)).look?.looked.batch.candidates).toBeGreaterThan(0);
  });

  it("looking again the same day changes nothing", async () => {
    const before = await listRecommendations(ctx);
    await refreshRecommendations(ctx);
    expect(await listRecommendations(ctx)).toEqual(before);
  });
});
