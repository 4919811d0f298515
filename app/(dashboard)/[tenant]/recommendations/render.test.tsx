import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { roleRights } from "@/server/auth/permissions";
import { kinds } from "@/server/recommendations/schemas";
import { findingsOfAll } from "@/tests/factories/findings";
import { TenantProvider } from "../_components/tenant-context";
import { Recommendations, type Row } from "./recommendations";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/recommendations",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

const at = "2026-11-19T10:00:00.000Z";
const ownerId = "11111111-1111-4111-8111-111111111111";
type List = Outputs["recommendations"]["list"];

const rowsOf = (more: Partial<Row> = {}): Row[] =>
  findingsOfAll().map((finding, n) => ({
    id: `0000000${String(n)}-0000-4000-8000-000000000000`,
    kind: finding.evidence.kind,
    subjectKey: String(n),
    shape: 1,
    finding,
    firstFoundAt: at,
    foundAt: at,
    holds: true,
    state: "open",
    decidedAt: null,
    decidedBy: null,
    note: null,
    ownerId: null,
    dueOn: null,
    baseline: null,
    measured: null,
    dismissedUsd: null,
    countedIn: null,
    ...more,
  }));
const counts = { open: 5, accepted: 0, dismissed: 0, verified: 0, not_seen: 0, gone: 0 };
const list: List = {
  recommendations: rowsOf(),
  counts,
  savingUsd: "69",
  verifiedUsd: "0",
  look: {
    lookedAt: at,
    first: "2026-10-20",
    last: "2026-11-18",
    calls: 12_869,
    costUsd: "126.76",
    unpricedCalls: 381,
    looked: Object.fromEntries(kinds.map((kind) => [kind, { candidates: 2, found: 1 }])) as NonNullable<List["look"]>["looked"],
  },
  timeZone: "UTC",
}; // prettier-ignore

interface Known {
  answer?: Partial<List>;
  search?: string;
  role?: "finance" | "viewer";
}

function Answered({ answer, children }: { answer: Known["answer"]; children: ReactNode }) {
  const client = useQueryClient();
  const trpc = useTRPC();
  client.setQueryData(trpc.recommendations.list.queryKey({}), { ...list, ...answer });
  const members = [
    { personId: ownerId, name: "Dana Demo", email: "d@example.com", role: "owner", since: at },
  ];
  client.setQueryData(trpc.members.list.queryKey(), { members } as unknown as Outputs["members"]["list"]);
  return children;
}

function painted({ answer, search = "", role = "finance" }: Known = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "UTC", rights: roleRights[role] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <NuqsTestingAdapter searchParams={search}>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <Answered answer={answer}>
            <Recommendations now={at} />
          </Answered>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, place) => expect(level - (levels[place - 1] ?? level)).toBeLessThanOrEqual(1));
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("recommendations", () => {
  it("say what to do, what was seen, how it was counted, what nobody knows, and where to look", () => {
    const { html, text } = painted();
    for (const words of [
      "5 recommendations: about $69.00 a month, no dollar counted twice.",
      "Retry chat less after timeout",
      "1,200 second or later attempts cost $60.00 of the $200.00 that it cost in all. The dearest day was 3 Nov, with $41.50.",
      "Half of what these attempts cost.",
      "Send enrich to claude-haiku-4-5 in batches",
      "93% of its calls come between 22:00 and 06:00",
      "at half of your rates of that time, for the price book does not list batch rates for all of it: $11.00 in place of $22.00. 2 calls without a known price are left out.",
      "Let gpt-4o-mini answer the small calls of calls without a feature",
      "40,000 calls of 90,000 are small",
      "which you use already: $0.70 in place of $11.20. Counted on 20,000 calls picked by chance, and scaled up.",
      "Quality: nobody compared the answers.",
      "Cache the beginning of the prompt assist/v in assist",
      "$0.30 in place of $3.00 for a million tokens, and $0.75 more to write them on each miss",
      "a month ( −$1.25 to $13.90 )".replaceAll("( ", "(").replaceAll(" )", ")"),
      "Shorten version 2 of the prompt mail in mail",
      "with calls without a version it was 5,003 (3×). It does not succeed clearly more often: 97%, before 98%.",
      "less as many at the $0.0125 that a call cost in the week before",
      "20 Oct to 18 Nov: 12,869 calls of $126.76, 381 of them without a price",
    ])
      expect(text).toContain(words);
    expect(html).toContain("/acme/errors?from=2026-10-20&amp;to=2026-11-19&amp;f=feature:chat");
    expect(html).toContain("/acme/prompts?");
    expect(html).toContain("f=attempt:retry");
    expect(html.match(/aria-label="Accept: /g)).toHaveLength(5);
    expect(html).toContain("/api/reports/recommendations?");
  });

  it("are only looked at by who may not decide", () => {
    const { html } = painted({ role: "viewer" });
    expect(html).not.toMatch(/aria-label="(Accept|Dismiss|Open again): /);
  });

  it("name the larger one that is counted in their stead", () => {
    const recommendations = rowsOf().map((row, n) => (n === 1 ? { ...row, countedIn: rowsOf()[0]?.id ?? null } : row)); // prettier-ignore
    const { text } = painted({ answer: { recommendations } });
    expect(text).toContain("Touches calls of “Retry chat less after timeout”, which is counted in its stead: this $11.00 is in no sum."); // prettier-ignore
  });

  it("tell who sees to it, and what its days came to", () => {
    const measured = { first: "2026-10-02", last: "2026-10-15", days: 14, calls: 140, costUsd: "0.28", expectedUsd: "1.4", savingUsd: "1.12", lowUsd: "1.02", highUsd: "1.22", isSeen: true }; // prettier-ignore
    const verified = rowsOf({ state: "verified", ownerId, dueOn: "2026-10-11", note: "Back off", measured }).slice(0, 1); // prettier-ignore
    const { text, html } = painted({
      answer: { recommendations: verified, counts: { ...counts, open: 0, verified: 1 }, savingUsd: "0", verifiedUsd: "1.12" },
      search: "?state=verified",
    }); // prettier-ignore
    for (const words of [
      "Nothing to save was found in the last 30 days. $1.12 of savings have shown so far.",
      "saved in 14 days",
      "2 Oct to 15 Oct: 140 calls cost $0.28; as before they would have cost $1.40. The difference lies between $1.02 and $1.22 (95%).",
      "Dana Demo sees to it by 11 Oct. “Back off”",
    ])
      expect(text).toContain(words);
    expect(html).not.toContain("Open again");
    const accepted = rowsOf({ state: "accepted", ownerId: "gone", dueOn: "2026-12-01" });
    const open = painted({ answer: { recommendations: accepted }, search: "?state=accepted" });
    expect(open.text).toContain("somebody who has left sees to it by 1 Dec.");
    expect(open.html.match(/aria-label="Open again: /g)).toHaveLength(5);
  });

  it("say what was looked at where nothing was found, and that nobody has looked yet", () => {
    const none = { recommendations: [], counts: { ...counts, open: 0 }, savingUsd: "0" };
    expect(painted({ answer: none }).text).toContain(
      "Looked at closely: 2 features and models for which nobody waits, 2 features of one dear model,",
    );
    expect(painted({ answer: { ...none, look: null } }).text).toContain("Nobody has looked yet");
    expect(painted({ answer: none, search: "?state=dismissed" }).text).toContain("No dismissed recommendations"); // prettier-ignore
  });
});
