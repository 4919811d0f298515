import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import type { SpendFigures } from "@/server/analytics/schemas";
import { TenantProvider } from "../_components/tenant-context";
import { ScopeProvider, useScope } from "../_scope/use-scope";
import { overviewOffers } from "./offers";
import { Overview } from "./overview";
import { growthQuestion, untaggedQuestion, windowsQuestion } from "./questions";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/overview",
  useSearchParams: () => new URLSearchParams(),
}));

const tenant = {
  slug: "acme",
  name: "Acme",
  timeZone: "America/New_York",
  rights: ["reports:read", "calls:read", "attribution:read"],
} as unknown as Parameters<typeof TenantProvider>[0]["tenant"];

const figures = (costUsd: string, calls: number, unpricedCalls = 0): SpendFigures => ({
  calls,
  inputTokens: 1000 * calls,
  outputTokens: 100 * calls,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  costUsd,
  unpricedCalls,
  unpricedTokens: 1100 * unpricedCalls,
  partialCalls: 0,
  estimatedCalls: 0,
  reportedCalls: 0,
  errorCalls: 0,
  retryCalls: 0,
  retryCostUsd: "0",
  latencyMs: 0,
  latencyCalls: 0,
});
const watermark = {
  finalThrough: "2026-11-20T05:00:00.000Z",
  rolledThrough: "2026-11-21T14:15:00.000Z",
  pendingHours: 0,
};
const total = {
  last7: figures("30", 100),
  previous7: figures("20", 80),
  last30: figures("110", 400, 3),
  previous30: figures("0", 5, 5),
  change7Usd: "10",
  change30Usd: "110",
};
const row = {
  key: "chat",
  ...total,
  last7: figures("24", 60),
  previous7: figures("12", 40),
  costShares: { last7: "0.8", previous7: "0.6", last30: "0.7", previous30: null },
  cumulativeShare: "0.8",
  change7Usd: "12",
};
const answer = { rows: [row], total, groups: 3, watermark, timeZone: tenant.timeZone };
const untagged = { ...answer, total: { ...total, last30: figures("5.5", 12) } };
const growth = {
  rows: [
    {
      key: "chat",
      current: row.last7,
      previous: row.previous7,
      changeUsd: "12",
      changeRatio: "1",
      isNew: false,
    },
  ],
  groups: 1,
  watermark,
  timeZone: tenant.timeZone,
};

function Answered({ firstCallAt, children }: { firstCallAt: string | null; children: ReactNode }) {
  const client = useQueryClient();
  const { reports, onboarding } = useTRPC();
  const { scope } = useScope();
  client.setQueryData(onboarding.status.queryKey(), { firstCallAt } as Outputs["onboarding"]["status"]);
  type Windows = Outputs["reports"]["windows"];
  for (const order of ["last7", "last30"] as const)
    client.setQueryData(
      reports.windows.queryKey(windowsQuestion(scope, order)),
      answer as unknown as Windows,
    );
  const asked = untaggedQuestion(scope);
  if (asked) client.setQueryData(reports.windows.queryKey(asked), untagged as unknown as Windows);
  const grown = growth as unknown as Outputs["reports"]["growth"];
  client.setQueryData(reports.growth.queryKey(growthQuestion(scope, "feature")), grown);
  return children;
}

function painted(query: string, firstCallAt: string | null = "2026-01-02T00:00:00.000Z") {
  const markup = renderToStaticMarkup(
    <NuqsTestingAdapter searchParams={query}>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <ScopeProvider now="2026-11-21T14:22:31Z" offers={overviewOffers}>
            <Answered firstCallAt={firstCallAt}>
              <Overview />
            </Answered>
          </ScopeProvider>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(markup).not.toMatch(/NaN|undefined|\[object/);
  return { markup, text: markup.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ") };
}

it("says what each window cost, what drives it, and what grew", () => {
  const { text, markup } = painted("");
  expect(text).toContain("$30.00");
  expect(text).toContain("vs $20.00 before");
  expect(text).toContain("+ 3 calls unpriced (3,300 tokens)");
  expect(text).toMatch(/80% \/ 80%/);
  expect(text).toMatch(/\$5\.50.*of the last 30 days bears no feature, 5% of the cost/);
  expect(markup).toContain('href="/acme/calls?range=7d&amp;f=feature:chat&amp;order=dearest"');
  expect(markup).toContain('aria-label="Why did the cost of chat in a week change?"');
});

it("claims no amount before where no call of then has a price", () =>
  expect(painted("").text).not.toContain("vs $0.00 before"));

it("says of the days before what of them is known, where they began before the ledger", () => {
  const { text } = painted("", "2026-11-10T14:07:00Z");
  expect(text).toContain("vs $20.00 before, of which only what came from 10 Nov, 09:00 on is known");
  expect(painted("").text).not.toContain("is known");
});

it("says nothing of what bears no feature where the screen is narrowed to one", () =>
  expect(painted("?f=feature:chat").text).not.toContain("bears no feature"));

it("asks for the first call where there is none", () => {
  const { text } = painted("", null);
  expect(text).toContain("No calls yet");
  expect(text).not.toContain("$");
});
