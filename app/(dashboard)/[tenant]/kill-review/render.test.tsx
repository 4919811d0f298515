import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { roleRights } from "@/server/auth/permissions";
import { evidence, killFigures } from "@/tests/factories/kill-figures";
import { TenantProvider } from "../_components/tenant-context";
import { KillReview } from "./[month]/kill-review";
import { KillReviews } from "./kill-reviews";
import { Preview } from "./preview/preview";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/kill-review",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

const month = "2026-11-01";
const personId = "11111111-1111-4111-8111-111111111111";
const at = "2026-12-01T02:00:00.000Z";
type Answer = Outputs["killReview"]["read"];
type List = Outputs["killReview"]["list"];

const bottom: Answer["items"][number] = {
  feature: "old",
  place: 1,
  isBottom: true,
  guard: null,
  suggestion: "kill",
  evidence: evidence({ uses: 3, activeUsers: null, unpricedCalls: 2, reason: "Hardly any use: 3 uses." }),
};
const chat: Answer["items"][number] = {
  ...bottom,
  feature: "chat",
  place: 2,
  isBottom: false,
  suggestion: null,
  guard: "protected",
};
const expected = { expectedUsd: "12", lowUsd: "10", highUsd: "15" };
const measured: Answer["figures"]["decisions"][number] = {
  feature: "drafts",
  version: 1,
  decision: "merge",
  mergeInto: "chat",
  dueOn: "2026-10-31",
  state: "overdue",
  savings: [
    { first: "2026-11-01", last: "2026-11-30", baseline: expected, actualUsd: "4", unpricedCalls: 5, savedUsd: "8", verdict: "saved" },
    { first: "2026-10-31", last: "2026-10-31", baseline: null, actualUsd: "1", unpricedCalls: 0, savedUsd: null, verdict: "unknown" },
  ],
}; // prettier-ignore
const review: Answer = {
  month,
  timeZone: "UTC",
  takenAt: at,
  figures: killFigures({ decisions: [measured] }),
  items: [bottom, chat],
  decisions: [],
  sinceThen: { total: { costUsd: "1.2", calls: 34, unpricedCalls: 0 }, features: [{ feature: "old", costUsd: "1.2", calls: 34, unpricedCalls: 0 }] },
}; // prettier-ignore
const list: List = {
  reviews: [{ month, takenAt: at, costUsd: "100", unpricedCalls: 3, bottom: { features: 1, costUsd: "5" }, saved: { measuredUsd: "8", visibleUsd: "8" }, measured: 1 }],
  saved: { since: "2026-11-01", measuredUsd: "8", visibleUsd: "7" },
  lastMonth: month,
  thisMonth: "2026-12-01",
  timeZone: "UTC",
}; // prettier-ignore

const preview: Outputs["killReview"]["preview"] = {
  month,
  timeZone: "UTC",
  figures: review.figures,
  items: review.items,
};

interface Known {
  answer?: Partial<Answer>;
  reviews?: Partial<List>;
  role?: "admin" | "finance" | "viewer";
}

function Answered({ answer, reviews, children }: Known & { children: ReactNode }) {
  const client = useQueryClient();
  const trpc = useTRPC();
  client.setQueryData(trpc.killReview.read.queryKey({ month }), { ...review, ...answer });
  client.setQueryData(trpc.killReview.list.queryKey(), { ...list, ...reviews });
  client.setQueryData(trpc.killReview.preview.queryKey(), preview);
  const members = [{ personId, name: "Dana Demo", email: "d@example.com", role: "owner", since: at }];
  client.setQueryData(trpc.members.list.queryKey(), { members } as unknown as Outputs["members"]["list"]);
  return children;
}

function painted(screen: ReactNode, known: Known = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "UTC", rights: roleRights[known.role ?? "admin"] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <TrpcProvider tenantSlug="acme">
      <TenantProvider tenant={tenant}>
        <Answered {...known}>{screen}</Answered>
      </TenantProvider>
    </TrpcProvider>,
  );
  return html.replace(/<[^>]+>/g, " ").replace(/&#x27;/g, "'").replace(/\s+/g, " "); // prettier-ignore
}

describe("a month's review", () => {
  it("shows the least used with what speaks against them, what came since, and what was saved", () => {
    const text = painted(<KillReview month={month} />);
    for (const words of [
      "Kill review of Nov 2026",
      "Since then: +$1.20, 34 calls (old). What is shown stays as it was.",
      "1 feature of 2, $5.00 of $100.00. 20 calls ($4.00) carried no feature",
      "Hardly any use: 3 uses.",
      "no users are sent with it",
      "+ 2 calls unpriced",
      "Merge drafts into chat",
      "overdue: calls still come",
      "expected $12.00 ($10.00 to $15.00), spent $4.00 ; + 5 calls unpriced",
      "too little was known to expect anything",
      "protected",
    ])
      expect(text.replace(" ; ", "; ")).toContain(words.replace(" ; ", "; "));
    expect(text).toContain("Decide");
  });

  it("shows what was decided, by whom and until when", () => {
    const decided: Answer["decisions"][number] = { feature: "old", version: 2, month, decision: "kill", reason: "nobody asks for it", ownerId: personId, dueOn: "2026-12-31", mergeInto: null, decidedAt: at, decidedBy: personId, expected: [], state: "open" }; // prettier-ignore
    const text = painted(<KillReview month={month} />, { answer: { decisions: [decided] } });
    expect(text).toContain("Decided: Kill");
    expect(text).toContain("by Dana Demo, owner: Dana Demo");
    expect(text).toContain("nobody asks for it");
    expect(text).toContain("Withdraw");
  });

  it("is only looked at by who may not decide", () => {
    const text = painted(<KillReview month={month} />, { role: "viewer" });
    expect(text).toContain("Nothing was decided yet.");
    expect(text).not.toContain("Press one to decide");
  });

  it("says that nothing came since, and that nothing is hardly used", () => {
    const sinceThen = { total: { costUsd: "0", calls: 0, unpricedCalls: 0 }, features: [] };
    const text = painted(<KillReview month={month} />, { answer: { sinceThen, items: [chat] } });
    expect(text).toContain("Since then: nothing has come to the month.");
    expect(text).toContain("No feature is among the hardly used ones");
  });
});

describe("the list", () => {
  it("tells what was saved, and when the next review is made", () => {
    const text = painted(<KillReviews />);
    expect(text).toContain("+$8.00");
    expect(text).toContain("+$7.00 of it lies beyond the scatter");
    expect(text).not.toContain("Make the review of");
    const empty = painted(<KillReviews />, { reviews: { reviews: [], saved: null } });
    expect(empty).toContain("The next one is made on Fri, 1 Jan 2027");
    expect(empty).toContain("Make the review of Nov 2026 now");
    expect(painted(<KillReviews />, { reviews: { reviews: [] }, role: "viewer" })).not.toContain(
      "Make the review of",
    );
  });
});

it("the running month is shown and decided by nobody", () => {
  const text = painted(<Preview />);
  expect(text).toContain("nothing of it is kept");
  expect(text).not.toContain("Decide");
});
