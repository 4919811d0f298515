import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import { TenantProvider } from "../_components/tenant-context";
import { ScopeProvider } from "../_scope/use-scope";
import { PromptTiles } from "./prompt-tiles";
import type { PromptReport } from "./report";
import { TimelineCard } from "./timeline-card";
import { VersionChangesCard } from "./version-changes-card";
import { VersionsCard } from "./versions-card";

const tenant = {
  slug: "acme",
  name: "Acme",
  timeZone: "America/New_York",
  rights: ["reports:read"],
} as unknown as Parameters<typeof TenantProvider>[0]["tenant"];

const figures = {
  calls: 100,
  inputTokens: 90_000,
  outputTokens: 20_000,
  costUsd: "1.19",
  unpricedCalls: 0,
  errorCalls: 3,
};
const perCall = {
  costPerCallUsd: "0.0119",
  inputTokensPerCall: "900",
  outputTokensPerCall: "200",
  errorRate: "0.03",
};
const side = {
  from: "2026-10-21",
  to: "2026-10-28",
  calls: 700,
  pricedCalls: 700,
  costUsd: "4.27",
  costPerCallUsd: "0.0061",
};
const change = {
  changedOn: "2026-10-28",
  halfOn: "2026-10-28",
  previousVersion: "v3",
  before: side,
  after: { ...side, costUsd: "8.33", costPerCallUsd: "0.0119" },
  perCallUsd: "0.0058",
  change: "0.950819672131147541",
  callsSince: 7_103,
  extraUsd: "41.1974",
  extraInRangeUsd: "0.58",
};
const version = {
  isOther: false,
  firstDay: "2026-10-28",
  lastDay: "2026-11-21",
  days: [{ day: "2026-11-20", ...figures }],
};
const report: PromptReport = {
  prompt: "mail/draft",
  ...figures,
  ...perCall,
  costShare: "0.25",
  versions: [
    { version: "v4", ...version, ...figures, ...perCall, change },
    { version: null, ...version, ...figures, ...perCall, change: { ...change, previousVersion: "v4", perCallUsd: null, change: null, extraUsd: null, extraInRangeUsd: null } },
    { version: "v1", ...version, ...figures, ...perCall, unpricedCalls: 100, costPerCallUsd: null, change: null },
  ],
  rest: null,
  isCrowded: false,
}; // prettier-ignore

function painted() {
  const markup = renderToStaticMarkup(
    <NuqsTestingAdapter>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <ScopeProvider now="2026-11-21T14:22:31Z">
            <PromptTiles report={report} />
            <VersionChangesCard report={report} isStale={false} />
            <TimelineCard report={report} finalThrough="2026-11-20T00:00:00.000Z" isStale={false} />
            <VersionsCard prompt={report.prompt} report={report} isStale={false} />
          </ScopeProvider>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(markup).not.toMatch(/NaN|undefined|\[object/);
  return { markup, text: markup.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

it("tells before and after each change of version", () => {
  const { text } = painted();
  expect(text).toContain("v3 → v4 on 28 Oct: $0.58 more in this range");
  expect(text).toMatch(/\$0\.0061 → \$0\.0119/);
  expect(text).toContain("+95");
  expect(text).toContain("+$41.20");
});

it("claims no difference of too few calls, and no amount of a version without a price", () => {
  const { markup, text } = painted();
  expect(text).toContain("v4 → No version on 28 Oct");
  expect(markup).toContain("Not known: too few priced calls to compare");
  expect(text).toContain("unpriced");
});

it("leads to the calls of a version of this prompt", () => {
  const { markup } = painted();
  expect(markup).toMatch(/href="\/acme\/calls\?[^"]*f=prompt:mail\/draft&amp;f=promptVersion:v4/);
  expect(markup).toContain("/api/reports/promptVersions?");
});
