import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { roleRights } from "@/server/auth/permissions";
import { usualSettings } from "@/server/gate/schemas";
import { TenantProvider } from "../_components/tenant-context";
import { consequenceOf, settingLabels, settingNames } from "./_gate/setting-words";
import { SettingsDialog } from "./_gate/settings-dialog";
import { BudgetDialog } from "./budget-dialog";
import { type BudgetRow, Budgets } from "./budgets";
import { type ForecastAnswer, SubjectForecast } from "./forecast/subject-forecast";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/budgets",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

const now = "2026-11-21T14:22:31Z";
const watermark = { finalThrough: "2026-11-21T13:15:00.000Z", rolledThrough: now, pendingHours: 0 };
const ownerId = "11111111-1111-4111-8111-111111111111";
const chat = { kind: "feature", key: "email-drafts" } as const;
const budget: BudgetRow["budget"] = {
  id: "22222222-2222-4222-8222-222222222222", version: 2, subject: chat, period: "month", amountUsd: "300", thresholds: [70, 90, 100],
  enforcement: null, ownerId, note: "as agreed", validFrom: "2026-11-01T00:00:00.000Z", validTo: null, createdBy: ownerId,
}; // prettier-ignore
const november = { first: "2026-11-01", last: "2026-11-30", from: "2026-11-01T04:00:00.000Z", to: "2026-12-01T05:00:00.000Z" }; // prettier-ignore
const forecast = { method: "weekday-aware", reason: null, expectedUsd: "341.20", lowUsd: "322.00", highUsd: "365.50" } as const; // prettier-ignore
const exceeding: BudgetRow = {
  budget, period: november, usedUsd: "228.123456789", unpricedCalls: 12, usedShare: "0.760412", threshold: 70, forecast, reason: null, gapUsd: "41.2",
  passedOn: "2026-11-26", pastError: { days: 14, weekdayAware: "0.0831", burnRate: "0.1402" },
}; // prettier-ignore
const quiet: BudgetRow = {
  ...exceeding,
  budget: { ...budget, id: "33333333-3333-4333-8333-333333333333", subject: { kind: "tenant", key: "" }, period: "day", ownerId: null },
  period: { ...november, first: "2026-11-21", last: "2026-11-21" },
  usedUsd: "0", unpricedCalls: 0, usedShare: "0", threshold: null, forecast: null, reason: "no-cost-yet", gapUsd: null, passedOn: null, pastError: null,
}; // prettier-ignore
const held = [{ budgetId: budget.id, heldUsd: "1.234567", settledUsd: "31.5" }];
const day = (n: number) => `2026-11-${String(n).padStart(2, "0")}`;
const answer: ForecastAnswer = {
  subject: chat,
  period: november,
  days: Array.from({ length: 21 }, (_, at) => ({ day: day(at + 1), costUsd: at === 0 ? null : "11", soFarUsd: String(at * 11), unpricedCalls: 0 })),
  usedUsd: "220",
  unpricedCalls: 12,
  line: Array.from({ length: 10 }, (_, at) => ({ day: day(at + 21), expectedUsd: "12", soFarUsd: String(232 + at * 12), soFarLowUsd: String(230 + at * 11), soFarHighUsd: String(234 + at * 13) })),
  forecast,
  burnRate: { ...forecast, method: "burn-rate", expectedUsd: "330.00" },
  reason: null,
  pastErrors: [{ days: 7, forecasts: 60, covered: "0.7833", weekdayAware: "0.0712", burnRate: "0.12" }, { days: 28, forecasts: 0, covered: null, weekdayAware: null, burnRate: null }],
  budgets: [budget],
  watermark,
  timeZone: "America/New_York",
}; // prettier-ignore

interface Known {
  budgets: readonly BudgetRow[];
  balances: Outputs["gate"]["balances"];
  children: ReactNode;
}

function Answered({ budgets, balances, children }: Known) {
  const client = useQueryClient();
  const trpc = useTRPC();
  const list = { budgets: [...budgets], month: november, watermark, timeZone: "America/New_York" };
  client.setQueryData(trpc.budgets.list.queryKey(), list);
  client.setQueryData(trpc.gate.balances.queryKey(), balances);
  client.setQueryData(trpc.gate.settings.queryKey(), { ...usualSettings, runLimitUsd: "12.5" });
  client.setQueryData(trpc.budgets.forecast.queryKey({ subject: chat }), answer);
  client.setQueryData(trpc.budgets.history.queryKey({ id: budget.id }), {
    versions: [
      budget,
      { ...budget, version: 1, amountUsd: "250", validTo: budget.validFrom, createdBy: "?" },
    ],
  });
  const members = [
    { personId: ownerId, name: "Dana Demo", email: "d@example.com", role: "owner", since: now },
  ];
  client.setQueryData(trpc.members.list.queryKey(), { members } as unknown as Outputs["members"]["list"]);
  return children;
}

interface Painting {
  budgets?: readonly BudgetRow[];
  balances?: Outputs["gate"]["balances"];
  role?: "admin" | "viewer";
}

function painted(
  screen: ReactNode,
  { budgets = [exceeding, quiet], balances = held, role = "admin" }: Painting = {},
) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "America/New_York", rights: roleRights[role] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <TrpcProvider tenantSlug="acme">
      <TenantProvider tenant={tenant}>
        <Answered budgets={budgets} balances={balances}>
          {screen}
        </Answered>
      </TenantProvider>
    </TrpcProvider>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, at) => expect(level - (levels[at - 1] ?? level)).toBeLessThanOrEqual(1));
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("the list of budgets", () => {
  it("says what it comes to, and how each stands", () => {
    const { html, text } = painted(<Budgets now={now} baseUrl="https://ledger.example" />);
    expect(text).toContain("1 of 1 monthly budget will be exceeded by the end of November: email-drafts, on 26 Nov."); // prettier-ignore
    expect(text).toContain("Feature · Dana Demo");
    expect(text).toContain("$228.12");
    expect(text).toContain("76%");
    expect(text).toContain("+ 12 unpriced");
    expect(text).toContain("$322.00 – $365.50");
    expect(text).toContain("+$41.20");
    expect(text).toContain("±8.3%");
    expect(text).toContain("The organisation");
    expect(text).toContain("daily");
    expect(text).toContain("Nothing was spent yet.");
    expect(html).toContain('href="/acme/budgets/forecast?of=feature&amp;name=email-drafts"');
    expect(html).toContain('aria-label="Change the budget of email-drafts a month"');
  });

  it("teaches who has none, and offers changes only to who may make them", () => {
    expect(painted(<Budgets now={now} baseUrl="https://ledger.example" />, { budgets: [] }).text).toContain(
      "No budgets yet",
    );
    const viewer = painted(<Budgets now={now} baseUrl="https://ledger.example" />, { role: "viewer" }).html;
    expect(viewer).not.toContain("New budget");
    expect(viewer).not.toContain("Change the budget");
  });
});

describe("the gate", () => {
  const screen = <Budgets now={now} baseUrl="https://ledger.example" />;

  it("says what is reserved and settled, and what it does to whom", () => {
    const { text, html } = painted(screen, { budgets: [{ ...exceeding, budget: { ...budget, enforcement: "deny" } }, quiet] }); // prettier-ignore
    expect(text).toContain("$1.23 / $31.50 refuses calls");
    expect(text).toContain("– No app has asked only tells");
    expect(text).toContain("It enforces 1 of 2 budgets: 1 by refusing calls.");
    expect(text).toContain("is stopped before it costs more than $12.50.");
    expect(html).not.toContain("ledger.reserve");
  });

  it("shows how an app begins to ask where none does, and its settings only to who may change them", () => {
    const { html, text } = painted(screen, { balances: [] });
    expect(text).toContain("No app has asked the gate in this period");
    expect(html).toContain("https://ledger.example/client/tokenledger.js");
    expect(html).toContain("Gate settings");
    expect(painted(screen, { role: "viewer" }).html).not.toContain("Gate settings");
  });

  it("has a form with a label and a consequence for every setting", () => {
    const { html, text } = painted(<SettingsDialog open settings={usualSettings} onClose={() => undefined} />); // prettier-ignore
    for (const name of settingNames) {
      expect(text).toContain(settingLabels[name]);
      expect(text).toContain(consequenceOf(name, usualSettings));
    }
    const controls = [...html.matchAll(/<(?:input|select)[^>]*\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(controls).toHaveLength(settingNames.length);
    for (const id of controls) expect(html).toContain(`for="${String(id)}"`);
  });
});

describe("a subject's forecast", () => {
  const { html, text } = painted(<SubjectForecast subject={chat} now={now} />);

  it("says how the month will end, and how sure that is", () => {
    expect(text).toContain("$220.00 of a budget of $300.00 spent so far in Nov 2026; about $341.20 by its end, in four of five cases $322.00 to $365.50: $41.20 too much."); // prettier-ignore
    expect(text).toContain("At the present rate it would be $330.00. 12 calls without a price are in none of it."); // prettier-ignore
    for (const name of ["Spent", "Expected", "Four of five cases", "Budget"]) expect(text).toContain(name);
  });

  it("has the chart's figures as a table, with what is not known as a gap", () => {
    expect(text).toContain("Sun, 1 Nov 2026 – –");
    expect(text).toContain("about $12.00");
    expect((html.match(/<th scope="row"/g) ?? []).length).toBeGreaterThanOrEqual(30);
  });

  it("tells past errors, and every version of the budget", () => {
    expect(text).toContain("7 days 60 78.3% 7.1% 12%");
    expect(text).toContain("28 days none yet – – –");
    expect(text).toContain("set by Dana Demo");
    expect(text).toContain("set by somebody who has left");
  });
});

it("a form for a budget has a label for every field", () => {
  const { html, text } = painted(<BudgetDialog open budget={null} subject={null} now={new Date(now)} onClose={() => undefined} />); // prettier-ignore
  for (const label of ["Budget of", "Name", "Amount in USD", "Tell at", "Owner", "At the gate", "Note"]) expect(text).toContain(label); // prettier-ignore
  const controls = [...html.matchAll(/<(?:input|select)[^>]*\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(controls.length).toBeGreaterThanOrEqual(7);
  for (const id of controls) expect(html).toContain(`for="${String(id)}"`);
});
