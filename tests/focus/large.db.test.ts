import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { exportFocus } from "@/server/focus/export";
import type { FocusFormat } from "@/server/focus/schemas";
import { fileStream } from "@/server/http/file-stream";
import { asAdmin, contextOf, makeTenant, personWith } from "../factories/tenant";
import { listPrice } from "../ledger/made-prices";
import { sized } from "../setup/size";

/** Each is two rows of the file: input and output. */
const usage = sized(500_000, 10_000);
const mostMb = 150;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
/** What is held, without what is only not yet collected. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let tenant: Tenant;
beforeAll(async () => {
  tenant = await makeTenant();
  const version = await listPrice("large-1", { input: "1.37", output: "2.91" }, new Date("2026-01-01"));
  await asAdmin(
    `INSERT INTO statement (tenant_id, month, revision, time_zone, from_at, to_at, taken_at, taken_by, shape, price_book, code_version, calls,
       cost_usd, corrections_usd, amount_usd, unpriced_calls, content_hash)
     VALUES ($1, '2026-09-01', 1, 'UTC', '2026-09-01', '2026-10-01', '2026-10-05', 'test', 1, 'test', 'test', $2::bigint,
       $2::numeric * 0.00000428, 0, round($2::numeric * 0.00000428, 2), 0, repeat('0', 64))`,
    [tenant.id, usage],
  );
  await asAdmin(
    `INSERT INTO statement_usage (tenant_id, month, revision, n, kind, of_month, day, account_id, team, feature, environment, provider, model, batch,
       service_tier, basis, is_share, has_units, price_version_id, price_rule_id, tier_start, calls, fresh_input_tokens, cache_read_tokens,
       cache_write_5m_tokens, cache_write_1h_tokens, audio_input_tokens, visible_output_tokens, reasoning_tokens, audio_output_tokens, tool_units,
       cost_usd, unpriced_calls)
     SELECT $1, '2026-09-01', 1, n, 'usage', '2026-09-01', DATE '2026-09-01' + n % 30, 'account ' || n, 'team ' || n % 50, 'feature ' || n % 500, 'prod',
       'openai', 'large-1', false, '', 'priced', false, false, $3::uuid, NULL, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0.00000428, 0
     FROM generate_series(1, $2::int) AS n`,
    [tenant.id, usage, version],
  );
}, 300_000);

describe(`a month of ${String(usage * 2)} rows`, () => {
  it.each<FocusFormat>(["csv", "parquet"])("is written in constant memory (%s)", async (format) => {
    const { chunks } = await exportFocus(contextOf(tenant, personWith("viewer"), new Date("2026-10-06")), { input: { month: "2026-09" }, format });
    const reader = fileStream(chunks, { onError: (error) => { throw error; } }).getReader();
    let [bytes, lines, most, chunk] = [0, 0, 0, 0];
    let before = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      chunk += 1;
      // By then the price book is loaded and the first pages have been through: what is the same for any month.
      if (chunk === 2) before = held();
      if (format === "csv") for (const byte of value) if (byte === 10) lines += 1;
      if (chunk > 2) most = Math.max(most, held() - before);
    }
    console.info(`${format}: ${String(usage * 2)} rows, ${String(Math.round(bytes / 1e6))} MB, at most ${String(Math.round(most / 1e6))} MB more than before`);
    if (format === "csv") expect(lines).toBe(usage * 2 + 1);
    expect(chunk).toBeGreaterThan(2);
    expect(bytes).toBeGreaterThan(usage);
    expect(most / 1e6).toBeLessThan(mostMb);
  }, 600_000);
}); // prettier-ignore
