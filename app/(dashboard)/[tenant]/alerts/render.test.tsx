import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { ruleOf, usualParams } from "@/server/alerts/schemas";
import { roleRights } from "@/server/auth/permissions";
import { ruleIds } from "@/server/incidents/schemas";
import { TenantProvider } from "../_components/tenant-context";
import { around } from "./[incidentId]/around";
import { Incident, type IncidentAnswer } from "./[incidentId]/incident";
import { messagesQuestion, seriesQuestions } from "./[incidentId]/questions";
import { Incidents } from "./incidents";
import type { IncidentRow } from "./incident-columns";
import { BacktestResult } from "./rules/[rule]/backtest-result";
import { Rule } from "./rules/[rule]/rule";
import { type ListedRule, Rules } from "./rules/rules";
import { incidentsQuestion } from "./search-params";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/alerts",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));
vi.mock("nuqs", async (original) => ({
  ...(await original<object>()),
  useQueryState: () => [null, () => Promise.resolve()],
  useQueryStates: () => [{ why: null, whyf: [], whyof: null, whyby: null }, () => Promise.resolve()],
}));

const now = "2026-11-21T14:22:31Z";
const zone = "America/New_York";
const dana = "11111111-1111-4111-8111-111111111111";
const id = "22222222-2222-4222-8222-222222222222";
const window = { from: "2026-11-13T05:00:00.000Z", to: "2026-11-20T05:00:00.000Z" };
const found: IncidentRow = {
  id, rule: "week-over-week", subject: { kind: "feature", key: "email-drafts" }, state: "open", severity: "warning", window, lastWindow: window,
  unit: "usd", expected: "25.28", actual: "41.2", impactUsd: "15.92", monthEndUsd: "68.2285714", level: null,
  details: { sentence: "email-drafts cost $41.20 this week.", contributors: [{ label: "prompt draft v3", deltaUsd: "12.4" }], params: {}, callIds: ["req_1"] },
  openedAt: "2026-11-20T06:00:00.000Z", seenAt: "2026-11-20T06:00:00.000Z", snoozedUntil: null, resolvedAt: null, heldBy: null,
}; // prettier-ignore
const taken: IncidentRow = { ...found, id: "33333333-3333-4333-8333-333333333333", rule: "silent-source", subject: { kind: "tenant", key: "" }, state: "acknowledged", unit: "calls", expected: "380", actual: "0", impactUsd: null, monthEndUsd: null, heldBy: dana, details: { ...found.details, contributors: [] } }; // prettier-ignore
const read: IncidentAnswer = {
  incident: found,
  timeline: [
    { n: 1, at: found.openedAt, kind: "opened", actorKind: "system", actorId: "evaluate-alerts", note: null, details: { sentence: found.details.sentence } },
    { n: 2, at: "2026-11-20T09:00:00.000Z", kind: "noted", actorKind: "person", actorId: dana, note: "asked growth", details: {} },
  ],
  possible: ["acknowledge", "snooze", "resolve", "note"],
  timeZone: zone,
}; // prettier-ignore
const rules = ruleIds.map((rule): ListedRule => ({ rule, enabled: rule !== "spike", params: usualParams(rule), isUsual: rule !== "spike", overrides: rule === "week-over-week" ? [{ subject: { kind: "feature", key: "chat" }, enabled: true, params: { rise: 80 } }] : [], evaluatedTo: "2026-11-21T14:20:00.000Z" })); // prettier-ignore
/** One is switched off. */
const watching = ruleIds.length - 1;
const watermark = { finalThrough: "2026-11-21T13:15:00.000Z", rolledThrough: now, pendingHours: 0 };
const days = ["2026-11-12", "2026-11-13", "2026-11-20"];
const figures = {
  calls: 10,
  unpricedCalls: 0,
  unpricedTokens: 0,
  inputTokens: 5,
  outputTokens: 5,
  costUsd: "7.25",
};
const trend = {
  buckets: days,
  series: [{ key: null, isRest: false, points: [null, { bucket: "2026-11-13", ...figures }, { bucket: "2026-11-20", ...figures }] }],
  previous: null, firstCallAt: null, watermark, timeZone: zone,
} satisfies Outputs["reports"]["trend"]; // prettier-ignore

interface Known {
  incidents: IncidentRow[];
  answer: IncidentAnswer;
  children: ReactNode;
}

function Answered({ incidents, answer, children }: Known) {
  const client = useQueryClient();
  const trpc = useTRPC();
  const list = { incidents, hasMore: false, unresolved: { open: 1, acknowledged: incidents.length - 1, snoozed: 0, critical: 0 }, timeZone: zone }; // prettier-ignore
  client.setQueryData(trpc.incidents.list.queryKey(incidentsQuestion(null)), list);
  client.setQueryData(trpc.incidents.read.queryKey({ id }), answer);
  client.setQueryData(trpc.alerts.rules.queryKey(), { rules, timeZone: zone });
  const questions = seriesQuestions(around(found, new Date(now), zone), { feature: ["email-drafts"] });
  client.setQueryData(trpc.reports.trend.queryKey(questions.trend), trend);
  const rows = days.slice(1).map((bucket) => ({ ...figures, bucket, key: null }));
  client.setQueryData(trpc.reports.spend.queryKey(questions.spend), { rows, watermark } as unknown as Outputs["reports"]["spend"]); // prettier-ignore
  const message = { id: "m1", destinationId: "d1", kind: "incident", state: "sent", guarantee: "at_most_once", attempts: 1, createdAt: found.openedAt, sentAt: "2026-11-20T06:00:02.000Z", nextAt: null, failure: null, digestId: null, alertId: "TL-1", incident: null, title: null, folded: 0 } as const; // prettier-ignore
  client.setQueryData(trpc.delivery.messages.queryKey(messagesQuestion(id)), [message]);
  client.setQueryData(trpc.delivery.list.queryKey(), { destinations: [{ id: "d1", name: "#llm-spend", kind: "slack" }] } as unknown as Outputs["delivery"]["list"]); // prettier-ignore
  const members = [{ personId: dana, name: "Dana Demo", email: "d@example.com", role: "owner", since: now }];
  client.setQueryData(trpc.members.list.queryKey(), { members } as unknown as Outputs["members"]["list"]);
  return children;
}

interface Painting {
  incidents?: IncidentRow[];
  answer?: IncidentAnswer;
  role?: "admin" | "finance" | "viewer";
}

function painted(
  screen: ReactNode,
  { incidents = [taken, found], answer = read, role = "admin" }: Painting = {},
) {
  const tenant = { slug: "acme", name: "Acme", timeZone: zone, rights: roleRights[role] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <TrpcProvider tenantSlug="acme">
      <TenantProvider tenant={tenant}>
        <Answered incidents={incidents} answer={answer}>
          {screen}
        </Answered>
      </TenantProvider>
    </TrpcProvider>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, at) => expect(level - (levels[at - 1] ?? level)).toBeLessThanOrEqual(1));
  const controls = [...html.matchAll(/<(?:input|select)[^>]*\sid="([^"]+)"/g)].map(([, control]) => control);
  for (const control of controls) expect(html).toContain(`for="${String(control)}"`);
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("the list of incidents", () => {
  it("says what it comes to, open ones first, and who has the others", () => {
    const { html, text } = painted(<Incidents now={now} />);
    expect(text).toContain(
      "1 open incident since yesterday; $15.92 above what was expected. 1 incident is looked into.",
    );
    expect(text.indexOf("email-drafts")).toBeLessThan(text.indexOf("The organisation"));
    for (const words of ["Feature · Week over week", "$41.20", "$25.28", "prompt draft v3", "0 calls", "380 calls", "Dana Demo"]) expect(text).toContain(words); // prettier-ignore
    expect(html).toContain(`href="/acme/alerts/${id}"`);
  });

  it("says what is watched when nothing was found", () => {
    const { text } = painted(<Incidents now={now} />, { incidents: [] });
    expect(text).toContain("Nothing was found in the last seven days");
    expect(text).toContain(`${String(watching)} rules watch`);
    expect(text).toContain("Last looked at 2 min ago; next with the next calls, at 10:02 at the latest.");
  });
});

describe("an incident", () => {
  it("tells what was found, what did it, what was done and who was told", () => {
    const { html, text } = painted(<Incident id={id} now={now} />);
    for (const words of ["email-drafts cost $41.20 this week.", "$15.92", "+63%", "+$68.23", "13 – 19 Nov", "20 Nov, 01:00", "+$12.40"]) expect(text).toContain(words); // prettier-ignore
    for (const words of ["The rule found it", "Dana Demo noted", "“asked growth”", "Told to #llm-spend (Slack)"]) expect(text).toContain(words); // prettier-ignore
    expect(html).toContain(
      'href="/acme/features?from=2026-11-13&amp;to=2026-11-20&amp;f=feature:email-drafts"',
    );
    expect(html).toContain('href="/acme/calls?call=req_1"');
    expect(html).toContain('href="/acme/alerts/rules/week-over-week"');
    expect(text).toContain("Why?");
  });

  it("marks its stretch in the chart's figures, and leaves a gap a gap", () => {
    const { text } = painted(<Incident id={id} now={now} />);
    expect(text).toContain("Fri, 13 Nov 2026 incident $7.25");
    expect(text).toContain("Fri, 20 Nov 2026 $7.25");
    expect(text).toContain("Thu, 12 Nov 2026 – –");
  });

  it("offers what its state allows to who may do it", () => {
    const offered = (painting: Painting) =>
      ["Acknowledge", "Snooze", "Resolve", "Reopen", "Add a note"].filter((name) =>
        new RegExp(`>${name}</button>`).test(painted(<Incident id={id} now={now} />, painting).html),
      );
    expect(offered({ role: "finance" })).toEqual(["Acknowledge", "Snooze", "Resolve", "Add a note"]);
    expect(offered({ answer: { ...read, incident: { ...found, state: "resolved" }, possible: ["reopen", "note"] } })).toEqual(["Reopen", "Add a note"]); // prettier-ignore
    expect(offered({ role: "viewer" })).toEqual([]);
  });
});

describe("the rules", () => {
  it("are all there, each with what it looks at and how it is set", () => {
    const { html, text } = painted(<Rules now={now} />);
    expect(text).toContain(`${String(watching)} rules on, 1 off, 1 exception.`);
    for (const rule of ruleIds) expect(html).toContain(`href="/acme/alerts/rules/${rule}"`);
    expect(text).toContain(ruleOf("week-over-week").says);
    expect(text).toContain(
      "More than the week before by: 30% · At least this much more than expected: $3.00",
    );
    expect(html).toContain("Switch “A feature’s spend spikes” on".replace("’", "&#x27;"));
    expect(painted(<Rules now={now} />, { role: "finance" }).html).not.toContain("Switch “");
  });

  it("show their parameters with units and bounds, and their exceptions", () => {
    const { html, text } = painted(<Rule rule="week-over-week" subject={null} now={now} />);
    expect(text).toContain("1 to 10,000; delivered with 30%.");
    expect(text).toContain("More than the week before by: 80%");
    expect(html).toContain('href="/acme/alerts/rules/week-over-week?of=feature&amp;name=chat"');
    expect(html).toContain('value="30"');
    expect(text).toContain("Try it over 90 days");
    const own = painted(<Rule rule="week-over-week" subject={{ kind: "feature", key: "chat" }} now={now} />);
    expect(own.html).toContain('value="80"');
    expect(own.text).toContain("As it is set for chat");
  });

  it("say why one cannot be tried, and let nobody write who may not", () => {
    expect(painted(<Rule rule="budget" subject={null} now={now} />).text).toContain("Budgets of the past were other budgets"); // prettier-ignore
    const viewer = painted(<Rule rule="week-over-week" subject={null} now={now} />, { role: "viewer" });
    expect(viewer.html).not.toMatch(/>Save<|Reset to default|Add an exception|Remove/);
    expect(viewer.html).toMatch(/<input[^>]*disabled[^>]*value="30"/);
  });
});

it("a trial tells both runs, what differs, and the days as a table", () => {
  const fire = { subject: { kind: "feature" as const, key: "chat" }, severity: "warning" as const, firedAt: "2026-11-13T16:00:00.000Z", window: { from: "2026-11-13T05:00:00.000Z", to: "2026-11-14T05:00:00.000Z" }, unit: "usd" as const, expected: "1", actual: "9", sentence: "chat cost $9.00.", lastSeenAt: "2026-11-13T20:00:00.000Z", resolvedAt: null, beforeUsd: "8", missedUsd: "2.5", isNoise: false }; // prettier-ignore
  const run = { rule: "spike" as const, subject: null, params: { ratio: 3 }, from: now, to: now, fires: [fire], total: 1, noise: 0, timeZone: zone }; // prettier-ignore
  const draft = { ...run, params: { ratio: 30 }, fires: [], total: 0 };
  const { text } = painted(<BacktestResult saved={run} draft={draft} spent={trend} subject={null} />);
  expect(text).toContain("As saved 1 0 $8.00 $2.50");
  expect(text).toContain("Draft 0 0 – –");
  expect(text).toContain("The draft leaves out 1 alert, worth $10.50 beyond what was expected.");
  expect(text).toContain("Fri, 13 Nov 2026 $7.25 1 0");
  expect(text).toContain("Thu, 12 Nov 2026 – 0 0");
});
