import { randomUUID } from "node:crypto";
import { disconnect, withTenant } from "@/server/db";

/** What a straightforward implementation would do: Prisma's createMany, batch by batch, under row-level security. */
const [tenantId = "", count = "0"] = process.argv.slice(2);
const batch = 100;
const started = performance.now();
for (let done = 0; done < Number(count); done += batch) {
  await withTenant("ingest", tenantId, (db) =>
    db.call.createMany({
      data: Array.from({ length: batch }, (_, i) => ({
        tenantId,
        callId: `many-${randomUUID()}`,
        occurredAt: new Date(),
        receivedAt: new Date(),
        source: "bench",
        kind: "llm",
        provider: "openai",
        model: "gpt-4o",
        userId: `user_${String(i)}`,
        feature: "chat",
        team: "core",
        environment: "production",
        promptId: "p1",
        promptVersion: "v3",
        latencyMs: 812,
        freshInputTokens: 800,
        cacheReadTokens: 200,
        visibleOutputTokens: 120,
        costUsd: "0.00345",
        priceStatus: "priced",
      })),
    }),
  );
}
process.send?.(Number(count) / ((performance.now() - started) / 1000));
await disconnect();
