import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { TenantProvider } from "../_components/tenant-context";
import type { ScopeOffers } from "./scope";
import { ScopeBar } from "./scope-bar";
import { ScopeProvider } from "./use-scope";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/features",
  useSearchParams: () => new URLSearchParams(),
}));

const tenant = {
  slug: "acme",
  name: "Acme",
  timeZone: "America/New_York",
  rights: ["reports:read", "calls:read", "views:write"],
} as unknown as Parameters<typeof TenantProvider>[0]["tenant"];

function Heard({ firstCallAt, children }: { firstCallAt: string | null; children: ReactNode }) {
  const status = { firstCallAt } as Outputs["onboarding"]["status"];
  useQueryClient().setQueryData(useTRPC().onboarding.status.queryKey(), status);
  return children;
}

/** What the server paints for an address, its tags left out. */
function painted(query: string, offers?: ScopeOffers, firstCallAt: string | null = null) {
  const markup = renderToStaticMarkup(
    <NuqsTestingAdapter searchParams={query}>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <ScopeProvider now="2026-11-21T14:22:31Z" offers={offers}>
            <Heard firstCallAt={firstCallAt}>
              <ScopeBar interval />
            </Heard>
          </ScopeProvider>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  return { markup, text: markup.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ") };
}

describe("the bar", () => {
  it("says the range, its days, whose they are, and what they are compared with", () => {
    const { text } = painted("");
    expect(text).toContain("Last 30 days");
    expect(text).toContain("Previous period");
    expect(text).toContain(
      "23 Oct – 21 Nov, compared with 23 Sept – 22 Oct, 09:15 · days of America/New_York",
    );
  });

  it("says what of the days compared with nobody knows", () => {
    expect(painted("", undefined, "2026-10-12T13:07:00Z").text).toContain(
      "compared with 23 Sept – 22 Oct, 09:15, of which only what came from 12 Oct, 09:00 on is known",
    );
    expect(painted("", undefined, "2026-08-01T00:00:00Z").text).not.toContain("is known");
    expect(painted("?compare=off", undefined, "2026-10-12T13:07:00Z").text).not.toContain("is known");
  });

  it("shows a chip for each filter, which can be turned and taken away", () => {
    const { markup, text } = painted("?f=feature:chat&f=-user:x&f=prompt:~mail&f=team:");
    expect(markup.match(/aria-label="Remove /g)).toHaveLength(4);
    for (const name of ["Feature is chat", "User is not x", "Prompt contains mail", "Team is none"])
      expect(markup).toContain(`aria-label="Remove ${name}"`);
    expect(text).toContain("Clear all");
    expect(markup).toContain("Filters and comparison, 4 set");
  });

  it("says what of the address it does not understand, and what no report can answer", () => {
    expect(painted("?f=nonsense&range=7d").text).toContain("left out: nonsense");
    expect(painted("?f=user:x&f=prompt:p").text).toContain("Users and prompt cannot be combined");
    expect(painted("?f=user:x").text).not.toContain("cannot be combined");
  });

  it("offers what the screen does, and nothing else", () => {
    const { markup, text } = painted("", {
      compare: false,
      tags: [],
      groupBy: { options: ["model", "team"], usual: "team" },
    });
    expect(text).not.toContain("Previous period");
    expect(markup).not.toContain("Add a filter");
    expect(markup).toContain('<option value="team" selected="">By team</option>');
    expect(painted("?compare=off").text).toContain("No comparison");
  });

  it("lets hours and days be chosen where both make sense", () => {
    expect(painted("?range=7d").markup).toContain('aria-label="Interval"');
    expect(painted("?range=30d").markup).not.toContain('aria-label="Interval"');
  });

  it("has no way beyond today", () => {
    const after = /<button[^>]*aria-label="The period after"[^>]*>/;
    expect(after.exec(painted("?range=7d").markup)?.[0]).toContain('disabled=""');
    expect(after.exec(painted("?from=2026-11-01&to=2026-11-08").markup)?.[0]).not.toContain('disabled=""');
  });
});
