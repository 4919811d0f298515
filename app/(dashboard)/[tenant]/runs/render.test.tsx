import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import type { RunTotals } from "@/server/analytics/runs-schemas";
import { TenantProvider } from "../_components/tenant-context";
import { ScopeProvider } from "../_scope/use-scope";
import { ModelsOfRun } from "./models-of-run";
import { RunFacts } from "./run-facts";
import { RunTiles } from "./run-tiles";
import { runsOffers } from "./search-params";
import { StepsCard } from "./steps-card";

const tenant = {
  slug: "acme",
  name: "Acme",
  timeZone: "America/New_York",
  rights: ["reports:read"],
} as unknown as Parameters<typeof TenantProvider>[0]["tenant"];

function textOf(children: ReactNode): string {
  const markup = renderToStaticMarkup(
    <NuqsTestingAdapter>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <ScopeProvider now="2026-11-21T14:22:31Z" offers={runsOffers}>
            {children}
          </ScopeProvider>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(markup).not.toMatch(/NaN|undefined|\[object/);
  return markup.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}

const figures = {
  calls: 3,
  toolCalls: 1,
  inputTokens: 1_200,
  outputTokens: 300,
  costUsd: "0.4",
  unpricedCalls: 1,
  unpricedTokens: 50,
  partialCalls: 0,
  errorCalls: 1,
  retryCalls: 1,
  retryCostUsd: "0.3",
};
const totals = {
  ...figures,
  runs: 4,
  unpricedRuns: 1,
  partlyUnpricedRuns: 2,
  errorRuns: 1,
  retryRuns: 2,
  cost: { p50: "0.1", p75: "0.1", p90: "0.2", p95: "0.2", p99: "0.3", max: "0.35" },
  steps: { p50: 3, p75: 4, p90: 5, p95: 6, p99: 7, max: 45 },
} as RunTotals;
const step = {
  kind: "llm",
  provider: "openai",
  feature: "agent",
  promptId: null,
  promptVersion: null,
  inputTokens: 400,
  outputTokens: 100,
  cacheReadTokens: 0,
  priceStatus: "priced",
};
const run = {
  runId: "run/1",
  isWhole: true,
  figures: {
    ...figures,
    firstAt: "2026-11-20T12:00:00.000Z",
    lastAt: "2026-11-20T12:00:10.000Z",
    durationMs: 10_000,
  },
  models: [
    { kind: "llm", provider: "openai", model: "gpt-4o", calls: 2, costUsd: "0.4", unpricedCalls: 0 },
    { kind: "tool", provider: "", model: "", calls: 1, costUsd: "0", unpricedCalls: 1 },
  ],
  calls: [
    { ...step, id: "a", occurredAt: "2026-11-20T12:00:00.000Z", model: "gpt-4o", attempt: 1, errorClass: "timeout", latencyMs: 1_000, costUsd: "0.1", cumulativeUsd: "0.1" },
    { ...step, id: "b", occurredAt: "2026-11-20T12:00:05.000Z", model: "gpt-4o", attempt: 2, errorClass: null, latencyMs: null, costUsd: "0.3", cumulativeUsd: "0.4" },
    { ...step, id: "c", occurredAt: "2026-11-20T12:00:08.000Z", kind: "tool", model: "", attempt: 1, errorClass: null, latencyMs: 2_000, costUsd: null, cumulativeUsd: "0.4" },
  ],
} as unknown as NonNullable<Parameters<typeof StepsCard>[0]["run"]>; // prettier-ignore

it("tells the mean of the runs whose cost is known, and how many have none", () => {
  const text = textOf(<RunTiles total={totals} previous={null} />);
  expect(text).toContain("$0.13");
  expect(text).toContain("+ 1 run unpriced, 2 in part");
  expect(text).toContain("With retries 50%");
});

it("has dashes where no run is known", () => {
  const text = textOf(
    <RunTiles
      total={{ ...totals, runs: 0, unpricedRuns: 0, errorRuns: 0, retryRuns: 0, cost: null, steps: null }}
      previous={null}
    />,
  );
  expect(text).toContain("Median –");
  expect(text).toContain("With retries –");
});

it("shows each step with its time, its cost, and what the run had cost by then", () => {
  const text = textOf(<StepsCard run={run} />);
  expect(text).toContain("2. gpt-4o");
  expect(text).toContain("attempt 2");
  expect(text).toContain("timeout");
  expect(text).toContain("25%");
  expect(text).toContain("3. tool");
  expect(text).toContain("unpriced");
});

it("names the model that most of it went into, and the steps without a price", () => {
  const text = textOf(
    <>
      <RunFacts run={run} />
      <ModelsOfRun run={run} />
    </>,
  );
  expect(text).toContain("gpt-4o is 100% of it, in 2 steps.");
  expect(text).toContain("+ 1 step unpriced");
  expect(text).toContain("No model (tool)");
});
