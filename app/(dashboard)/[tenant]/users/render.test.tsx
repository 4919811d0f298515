import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import { TenantProvider } from "../_components/tenant-context";
import { ScopeProvider } from "../_scope/use-scope";
import { usersOffers } from "./offers";
import { SpreadCard } from "./spread-card";
import { SpreadTiles } from "./spread-tiles";
import type { useSpread } from "./use-people";

type Query = ReturnType<typeof useSpread>["query"];
type Spread = NonNullable<Query["data"]>;

const tenant = {
  slug: "acme",
  name: "Acme",
  timeZone: "America/New_York",
  rights: ["reports:read"],
} as unknown as Parameters<typeof TenantProvider>[0]["tenant"];

const spread = {
  by: "user",
  users: { count: 12, unpricedOnly: 1, zeroCost: 2 },
  calls: 900,
  costUsd: "40",
  unpricedCalls: 7,
  nobody: { calls: 30, costUsd: "1.25", unpricedCalls: 3 },
  perUser: { meanUsd: "3.6", p50Usd: "0.5", p75Usd: "1", p90Usd: "9", p95Usd: "9", p99Usd: "20", maxUsd: "20" },
  top1: { users: 1, costUsd: "20", costShare: "0.5" },
  top10: { users: 2, costUsd: "29", costShare: "0.725" },
  histogram: [
    { fromUsd: "0.5", toUsd: "1", count: 7, costUsd: "11" },
    { fromUsd: "5", toUsd: "10", count: 1, costUsd: "9" },
    { fromUsd: "20", toUsd: "50", count: 1, costUsd: "20" },
  ],
  previous: null,
} as unknown as Spread; // prettier-ignore

function painted(data: Spread) {
  const query = { data, isError: false, isPlaceholderData: false } as unknown as Query;
  const markup = renderToStaticMarkup(
    <NuqsTestingAdapter>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <ScopeProvider now="2026-11-21T14:22:31Z" offers={usersOffers}>
            <SpreadTiles spread={data} by="user" />
            <SpreadCard by="user" query={query} />
          </ScopeProvider>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(markup).not.toMatch(/NaN|undefined|\[object/);
  return { markup, text: markup.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("the spread over users", () => {
  it("tells a typical one, the top, and the shape between them", () => {
    const { text } = painted(spread);
    expect(text).toContain("12 users $3.60");
    expect(text).toContain("Median $0.50 p90 $9.00 p99 $20.00");
    expect(text).toContain("Top 1% of users 1 user 50%");
    expect(text).toContain("Top 10% of users 2 users 72.5%");
    expect(text).toContain("p99 $20.00");
  });
  it("says apart what is nobody’s, and whose cost is not known", () => {
    const { markup, text } = painted(spread);
    expect(text).toContain("30 calls without a user cost $1.25 , 3 calls of them unpriced");
    expect(text).toContain("1 user with nothing but unpriced calls");
    expect(text).toContain("+ 7 calls unpriced");
    expect(markup).toMatch(/href="\/acme\/calls\?f=user:(&amp;|")/);
  });
  it("teaches where there is nobody, and claims no figure", () => {
    const none = { users: 0, costUsd: "0", costShare: null };
    const { text } = painted({
      ...spread,
      users: { count: 0, unpricedOnly: 0, zeroCost: 0 },
      costUsd: "0",
      unpricedCalls: 0,
      nobody: { calls: 0, costUsd: "0", unpricedCalls: 0 },
      perUser: null,
      top1: none,
      top10: none,
      histogram: [],
    });
    expect(text).toContain("No users with a cost");
    expect(text).toContain("userId");
    expect(text).toContain("Median –");
  });
});
