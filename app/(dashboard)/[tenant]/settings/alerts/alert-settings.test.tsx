import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { roleRights } from "@/server/auth/permissions";
import { everything } from "@/server/delivery/schemas";
import { TenantProvider } from "../../_components/tenant-context";
import { AddDestinationDialog } from "./add-destination-dialog";
import { AlertSettings } from "./alert-settings";
import { ChangeDestinationDialog } from "./change-destination-dialog";
import { targetOf } from "./target-field";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/settings/alerts",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

type List = Outputs["delivery"]["list"];
type Message = Outputs["delivery"]["messages"][number];

const now = "2026-11-21T14:22:31Z";
const slack: List["destinations"][number] = {
  id: "11111111-1111-4111-8111-111111111111", kind: "slack", name: "#llm-spend", tail: "…CRET",
  routes: { ...everything, teams: ["search"], severities: ["critical"] }, state: "active", reason: null, failure: null, failedAt: null,
  lastOkAt: "2026-11-21T14:20:31.000Z", createdAt: "2026-11-01T00:00:00.000Z", messages: { waiting: 2, sent: 1_204, failed: 3 },
}; // prettier-ignore
const gone: List["destinations"][number] = {
  ...slack, id: "22222222-2222-4222-8222-222222222222", kind: "webhook", name: "own", tail: "alerts.example.com", routes: everything,
  state: "disabled", reason: "The receiver says that it is gone (status 410).", lastOkAt: null, messages: { waiting: 0, sent: 0, failed: 1 },
}; // prettier-ignore
const sent: Message = {
  id: "33333333-3333-4333-8333-333333333333", destinationId: slack.id, kind: "incident", state: "sent", guarantee: "at_least_once", attempts: 2,
  createdAt: "2026-11-21T14:20:00.000Z", sentAt: "2026-11-21T14:20:31.000Z", nextAt: null, failure: null, digestId: null, alertId: "TL-0F1E2D3C4B",
  incident: { id: "44444444-4444-4444-8444-444444444444", rule: "spike", subject: { kind: "feature", key: "email-drafts" }, event: "opened" },
  title: null, folded: 0,
}; // prettier-ignore
const failed: Message = {
  ...sent, id: "55555555-5555-4555-8555-555555555555", destinationId: "66666666-6666-4666-8666-666666666666", kind: "digest", state: "failed",
  guarantee: "at_most_once", attempts: 1, sentAt: null, failure: "Slack has a problem of its own: status 500.", alertId: null, incident: null, folded: 12,
}; // prettier-ignore

interface Known {
  destinations: List["destinations"];
  messages: Message[];
  mailIsConfigured: boolean;
}

function Answered({ children, ...known }: Known & { children: ReactNode }) {
  const client = useQueryClient();
  const trpc = useTRPC();
  const { destinations, mailIsConfigured } = known;
  client.setQueryData(trpc.delivery.list.queryKey(), { destinations, mailIsConfigured, days: 30 });
  client.setQueryData(trpc.delivery.messages.queryKey({ failed: false }), known.messages);
  return children;
}

function painted(screen: ReactNode, { role = "admin", ...known }: Partial<Known> & { role?: "admin" | "viewer" } = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "UTC", rights: roleRights[role] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"];
  const facts = { destinations: [slack, gone], messages: [sent, failed], mailIsConfigured: true, ...known };
  const html = renderToStaticMarkup(
    <TrpcProvider tenantSlug="acme">
      <TenantProvider tenant={tenant}>
        <Answered {...facts}>{screen}</Answered>
      </TenantProvider>
    </TrpcProvider>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 1)).toBeLessThanOrEqual(1));
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
} // prettier-ignore

describe("the destinations", () => {
  it("say where they lead, what goes there, how they fare and why one was switched off", () => {
    const { text } = painted(<AlertSettings now={now} />);
    expect(text).toContain("#llm-spend Slack active");
    expect(text).toContain("…CRET · team search · critical");
    expect(text).toContain("in 30 days 1,204 sent, 3 not delivered · 2 waiting");
    expect(text).toContain("own Webhook switched off");
    expect(text).toContain("alerts.example.com · every incident");
    expect(text).toContain(
      "The receiver says that it is gone (status 410). Resume it, or change its address.",
    );
    expect(text).toContain("Nothing arrived yet");
    expect(text.match(/Send a test/g)).toHaveLength(2);
    expect(text).toContain("Pause Remove");
    expect(text).toContain("Resume Remove");
  });

  it("that are none say that incidents are told to nobody", () => {
    const { text } = painted(<AlertSettings now={now} />, { destinations: [], messages: [] });
    expect(text).toContain("Incidents are told to nobody");
    expect(text).toContain("None yet");
  });

  it("offer mail only where it can be sent, and changes only to who may make them", () => {
    const { html, text } = painted(<AlertSettings now={now} />, { mailIsConfigured: false });
    expect(text).toContain("This installation cannot send mail");
    expect(html).toMatch(/<button[^>]*disabled=""[^>]*>(?:<svg.*?<\/svg>)? E-mail/);
    const viewer = painted(<AlertSettings now={now} />, { role: "viewer", mailIsConfigured: false }).text;
    for (const word of ["Send a test", "Remove", "Send again", "cannot send mail"])
      expect(viewer).not.toContain(word);
  });
});

describe("the messages", () => {
  it("say what each told, where it went, what was promised and what became of it", () => {
    const { text } = painted(<AlertSettings now={now} />);
    expect(text).toContain("New: feature email-drafts sent");
    expect(text).toContain("to #llm-spend · at least once · TL-0F1E2D3C4B · 2 tries");
    expect(text).toContain("Digest of 12 alerts not delivered");
    expect(text).toContain("to a removed destination · at most once");
    expect(text).toContain("Slack has a problem of its own: status 500.");
    expect(text.match(/Send again/g)).toHaveLength(1);
  });

  it("stand beside what one can rely on", () => {
    const { text } = painted(<AlertSettings now={now} />);
    expect(text).toContain("At least once Budgets and critical incidents.");
    expect(text).toContain("At most once Everything else.");
    expect(text).toContain("Where more than 5 come within 60 seconds");
  });
});

describe("the forms", () => {
  const dialogs: [string, ReactNode, string[]][] = [
    ["Slack", <AddDestinationDialog key="s" kind="slack" onClose={() => undefined} />, ["Webhook URL"]],
    ["a webhook", <AddDestinationDialog key="w" kind="webhook" onClose={() => undefined} />, ["Address"]],
    ["mail", <AddDestinationDialog key="e" kind="email" onClose={() => undefined} />, ["Addresses"]],
    ["a change", <ChangeDestinationDialog key="c" destination={slack} onClose={() => undefined} />, ["Another webhook URL"]],
  ]; // prettier-ignore
  it.each(dialogs)("for %s have a label for every field", (_name, dialog, labels) => {
    const { html, text } = painted(dialog);
    for (const label of ["Name", "Teams", "Severities", "Only some rules", ...labels])
      expect(text).toContain(label);
    const inputs = [...html.matchAll(/<input[^>]*>/g)].map(([tag]) => tag);
    for (const tag of inputs) {
      if (tag.includes('type="checkbox"')) continue;
      const [, id] = /\sid="([^"]+)"/.exec(tag) ?? [];
      expect(html).toContain(`for="${String(id)}"`);
    }
    expect(inputs.filter((tag) => tag.includes('type="checkbox"'))).toHaveLength(3 + 18);
  });

  it("for a change begin with what is there, save the address", () => {
    const { html } = painted(<ChangeDestinationDialog destination={slack} onClose={() => undefined} />);
    expect(html).toContain('value="#llm-spend"');
    expect(html).toContain('value="search"');
    expect(html.match(/checked=""/g)).toHaveLength(1);
    expect(html).not.toContain("CRET");
  });
});

it.each([
  ["slack", " https://hooks.slack.com/x ", { url: "https://hooks.slack.com/x" }],
  ["email", "ann@example.com, bob@example.com;\ncy@example.com ", { to: ["ann@example.com", "bob@example.com", "cy@example.com"] }],
  ["email", " ", { to: [] }],
] as const)("of %s, %j is taken as %j", (kind, typed, target) => {
  expect(targetOf(kind, typed)).toEqual(target);
}); // prettier-ignore
