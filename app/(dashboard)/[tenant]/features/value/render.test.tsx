import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { roleRights } from "@/server/auth/permissions";
import { TenantProvider } from "../../_components/tenant-context";
import { FeatureDialog } from "./feature-dialog";
import type { ValueRow } from "./shown-rows";
import { Value } from "./value";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/features/value",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

type Answer = Outputs["reports"]["featureValue"];
type Unmatched = Outputs["reports"]["unmatchedFeatures"];

const now = "2026-11-21T14:22:31Z";
const ownerId = "11111111-1111-4111-8111-111111111111";
const unsaid = { ownerId: null, conversionEvent: null, protectedReason: null, seasonalMonths: [] };
const none = {
  calls: 0, requests: 0, successfulCalls: 0, events: 0, costUsd: "0", unpricedCalls: 0, callingUsers: 0, eventUsers: 0, uses: 0,
  activeUsers: 0, successRate: null, costPerActiveUserUsd: null, costPerSuccessUsd: null, conversions: null, costPerConversionUsd: null,
  costShare: "0", adoption: "0",
}; // prettier-ignore
const point = { period: "2026-11-16", activeUsers: 12, adoption: "0.3" };
const mail: ValueRow = {
  ...none, feature: "mail", calls: 1204, requests: 1200, successfulCalls: 1180, events: 900, uses: 1200, costUsd: "24.5", unpricedCalls: 3,
  activeUsers: 120, adoption: "0.4", costPerActiveUserUsd: "0.204166666667", costPerSuccessUsd: "0.020762711864", conversions: 41,
  costPerConversionUsd: "0.597560975610", costShare: "0.98", trend: [{ ...point, adoption: null }, point], before: { ...none, feature: "mail", calls: 9, costUsd: "20" },
  setting: { ...unsaid, feature: "mail", ownerId, conversionEvent: "Reply Sent", protectedReason: "promised to Northwind" },
}; // prettier-ignore
const index: ValueRow = {
  ...none, feature: "index", calls: 10, requests: 10, uses: 10, costUsd: "0.5", activeUsers: null, adoption: null, trend: [point], before: null,
  setting: { ...unsaid, feature: "index" },
}; // prettier-ignore
const report: ValueRow = { ...none, feature: "annual-report", conversions: 0, trend: [point], before: null, setting: { ...unsaid, feature: "annual-report", conversionEvent: "Filed", seasonalMonths: [1, 2] } }; // prettier-ignore
const watermark = { finalThrough: "2026-11-21T13:15:00.000Z", rolledThrough: now, pendingHours: 0 };
const answer: Answer = {
  features: [mail, index, report],
  unattributed: { ...none, feature: "" },
  total: { calls: 1214, uses: 1210, unpricedCalls: 3, costUsd: "25", activeUsers: 300 },
  before: null,
  months: { first: "2026-11-01", last: "2026-11-30", isRunning: true },
  trend: { grain: "week", periods: ["2026-11-09", "2026-11-16"] },
  minUsers: 20,
  told: { refreshedAt: "2026-11-21T14:20:00.000Z", provisionalFrom: "2026-11-20" },
  watermark,
  timeZone: "America/New_York",
};
const side = (names: Unmatched["onlyEvents"]["names"] = [], more = 0) => ({ names, more });
const seen = { calls: 0, events: 0, costUsd: "0", unpricedCalls: 0, users: 4, lastWeek: "2026-11-16" };
const unmatched: Unmatched = {
  onlyEvents: side([
    { ...seen, feature: "pdf-export", events: 511, twin: null },
    { ...seen, feature: "doc_search", events: 44, twin: "doc-search" },
  ]),
  onlyCalls: side([{ ...seen, feature: "doc-search", calls: 9, costUsd: "1.5", unpricedCalls: 2, twin: "doc_search" }], 7),
  hasEvents: true,
  since: "2026-08-17",
  told: answer.told,
  timeZone: "America/New_York",
}; // prettier-ignore

interface Known {
  value: Answer;
  names: Unmatched;
  children: ReactNode;
}

function Answered({ value, names, children }: Known) {
  const client = useQueryClient();
  const trpc = useTRPC();
  client.setQueryData(trpc.reports.featureValue.queryKey({ months: 1 }), value);
  client.setQueryData(trpc.reports.unmatchedFeatures.queryKey(), names);
  client.setQueryData(trpc.features.events.queryKey({ feature: "mail" }), {
    events: [{ event: "used", events: "900", users: "7", lastMonth: "2026-11-01" }],
  });
  const members = [
    { personId: ownerId, name: "Dana Demo", email: "d@example.com", role: "owner", since: now },
  ];
  client.setQueryData(trpc.members.list.queryKey(), { members } as unknown as Outputs["members"]["list"]);
  return children;
}

interface Painting {
  value?: Answer;
  names?: Unmatched;
  role?: "finance" | "viewer";
  screen?: ReactNode;
}

function painted({ value = answer, names = unmatched, role = "finance", screen }: Painting = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "America/New_York", rights: roleRights[role] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <NuqsTestingAdapter>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <Answered value={value} names={names}>
            {screen ?? <Value now={now} baseUrl="https://ledger.example" />}
          </Answered>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, at) => expect(level - (levels[at - 1] ?? level)).toBeLessThanOrEqual(1));
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("the value of features", () => {
  it("says what each brings for what it costs, who answers for it and what must not be killed", () => {
    const { html, text } = painted();
    expect(text).toContain("Nov 2026 so far: 300 active users, $25.00.");
    expect(text).toContain("Counted 2 min ago · provisional from 20 Nov on");
    expect(text).toContain("Dana Demo");
    expect(html).toContain('title="promised to Northwind"');
    expect(text).toContain("$0.597561");
    expect(text).toContain("41 × Reply Sent");
    expect(text).toContain("+ 3 unpriced");
    expect(text).toContain("40%");
    expect(html).toContain('title="January and February"');
    expect(html).toContain('title="1,200 requests and 900 usage events; one that has both is one use"');
  });

  it("shows a gap where nothing is known, and why", () => {
    const { text } = painted();
    expect(text).toContain("No user is sent with it");
    expect(text).toContain("Nobody said what its conversion is");
    expect(text).toContain("There was no conversion");
  });

  it("claims no share of too few users", () => {
    const few = {
      ...answer,
      total: { ...answer.total, activeUsers: 6 },
      features: [{ ...mail, adoption: null }],
    };
    expect(painted({ value: few }).text).toContain("Too few users to say");
    expect(painted().text).not.toContain("Too few users to say");
  });

  it("compares whole months with those before, a running one with nothing", () => {
    const whole = { ...answer, months: { first: "2026-10-01", last: "2026-10-31", isRunning: false } };
    expect(painted({ value: whole }).text).toContain("+$4.50");
    expect(painted().text).not.toContain("+$4.50");
  });

  it("opens a feature for who may say what holds for it", () => {
    expect(painted().html).toMatch(/<button[^>]*title="mail"/);
    expect(painted({ role: "viewer" }).html).not.toMatch(/<button[^>]*title="mail"/);
  });

  it("teaches who has no features", () => {
    const { text, html } = painted({ value: { ...answer, features: [] } });
    expect(text).toContain("No feature was seen yet");
    expect(html).toContain('href="/acme/get-started"');
  });
});

describe("names that do not match", () => {
  it("are told from both sides, those with a twin first", () => {
    const { text } = painted();
    expect(text).toMatch(
      /doc_search 44 usage events, no call likely doc-search of the calls .* pdf-export 511 usage events/,
    );
    expect(text).toContain("9 calls for $1.50 , 2 calls unpriced, no usage event");
    expect(text).toContain("and 7 names more, seen less often");
  });

  it("are none, and that is said", () => {
    const names = { ...unmatched, onlyEvents: side(), onlyCalls: side() };
    expect(painted({ names }).text).toContain("Every feature with calls has usage events");
  });

  it("teach how to tell of use, with the address of the deployment, where nobody does", () => {
    const names = { ...unmatched, onlyEvents: side(), onlyCalls: side(), hasEvents: false };
    const { text, html } = painted({ names });
    expect(text).toContain("No app tells what is used");
    expect(html).toContain("curl https://ledger.example/v1/track");
    expect(text).not.toContain("Every feature with calls has usage events");
  });
});

it("a feature's form has a label for every field, and offers the events that were seen", () => {
  const { html, text } = painted({
    screen: <FeatureDialog open setting={mail.setting} onClose={() => undefined} />,
  });
  for (const label of ["Owner", "Conversion", "Protected because", "Season", "January", "December"])
    expect(text).toContain(label);
  expect(html).toContain('<option value="used">used</option>');
  // What it was said to be stays, though no such event was seen.
  expect(html).toContain('<option value="Reply Sent" selected="">Reply Sent</option>');
  const controls = [...html.matchAll(/<(?:input|select)[^>]*\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(controls).toHaveLength(3);
  for (const id of controls) expect(html).toContain(`for="${String(id)}"`);
});
