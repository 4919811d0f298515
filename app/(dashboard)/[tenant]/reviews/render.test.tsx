import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { roleRights } from "@/server/auth/permissions";
import { reviewSteps } from "@/server/weekly-review/schemas";
import { reviewFigures } from "@/tests/factories/review-figures";
import { TenantProvider } from "../_components/tenant-context";
import { Review } from "./[week]/review";
import { Reviews } from "./reviews";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/reviews",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

const week = "2026-11-16";
const ownerId = "11111111-1111-4111-8111-111111111111";
type Answer = Outputs["reviews"]["read"];
type List = Outputs["reviews"]["list"];
const at = "2026-11-23T08:00:00.000Z";
const review: Answer["review"] = {
  week, timeZone: "UTC", takenAt: at, shape: 1, figures: reviewFigures(), ownerId, toldAt: at, doneAt: null, doneBy: null,
}; // prettier-ignore
const ticked = (step: (typeof reviewSteps)[number], note: string | null = null) => ({ step, note, tickedAt: at, tickedBy: ownerId }); // prettier-ignore
const list: List = {
  reviews: [
    { week, takenAt: at, ownerId, doneAt: null, doneBy: null, ticked: 2, steps: 6, costUsd: "120.5", unpricedCalls: 12, previousUsd: "100", forecast: review.figures.spend.forecast, incidentsOpened: 1 },
    { week: "2026-11-09", takenAt: at, ownerId: null, doneAt: at, doneBy: "gone", ticked: 6, steps: 6, costUsd: "9", unpricedCalls: 0, previousUsd: null, forecast: null, incidentsOpened: 0 },
  ],
  owner: { personId: ownerId, isChosen: false },
  lastWeek: week,
  timeZone: "UTC",
}; // prettier-ignore

interface Known {
  answer?: Partial<Answer>;
  reviews?: Partial<List>;
  role?: "admin" | "finance" | "viewer";
}

function Answered({ answer, reviews, children }: Known & { children: ReactNode }) {
  const client = useQueryClient();
  const trpc = useTRPC();
  client.setQueryData(trpc.reviews.read.queryKey({ week }), { review, ticked: [], ...answer });
  client.setQueryData(trpc.reviews.list.queryKey(), { ...list, ...reviews });
  const members = [
    { personId: ownerId, name: "Dana Demo", email: "d@example.com", role: "owner", since: at },
  ];
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
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, place) => expect(level - (levels[place - 1] ?? level)).toBeLessThanOrEqual(1));
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("a week's review", () => {
  it("tells every part with its figures, and leads on", () => {
    const { html, text } = painted(<Review week={week} />);
    for (const words of [
      "Week of 16 Nov – 22 Nov 2026",
      "Figures as of 23 Nov, 08:00 (UTC); they stay as they were. For Dana Demo.",
      "$120.50: +20.5% against $100.00 the week before. That is more than what was to be expected: $96.00 to $113.00, about $104.00. 12 calls without a price are not in it.",
      "The month since 1 Nov: $331.25 of a budget of $400.00; about $450.00 by 30 Nov",
      "Fastest grew the feature chat and the team calls without a team.",
      "+$30.00 (+100%)",
      "+$20.00 (new)",
      "1 of them costs more than ten times the median of its feature.",
      "1 incident opened in the week, 0 resolved in it, 1 not resolved when this was taken.",
      "1 of 3 budgets had passed a threshold",
      "12 calls without a price are in no amount, 5% of the cost is unattributed, and the week was final when this was taken.",
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/Mon, 16 Nov 2026 \$10\.00 –/);
    expect(html).toContain("/acme/calls?call=call-1");
    expect(html).toContain("/acme/alerts/44444444-4444-4444-8444-444444444444");
    // A person's budget has no name here, and leads to the screen that may tell it.
    expect(text).toContain("A user");
    expect(html).toContain('href="/acme/budgets"');
  });

  it("is ticked part by part, and done when all are", () => {
    const some = painted(<Review week={week} />, {
      answer: { ticked: [ticked("spend", "a <b>launch</b>")] },
    });
    expect(some.text).toContain("1 of 6 ticked");
    expect(some.html).toContain("“a &lt;b&gt;launch&lt;/b&gt;”");
    expect(some.text).toContain("Ticked by Dana Demo, 23 Nov, 08:00.");
    expect(some.html).toMatch(/<button[^>]*disabled=""[^>]*>Done</);
    expect(some.html.match(/aria-label="Tick /g)).toHaveLength(5);
    const all = painted(<Review week={week} />, {
      answer: { ticked: reviewSteps.map((step) => ticked(step)) },
    });
    expect(all.html).not.toMatch(/<button[^>]*disabled=""[^>]*>Done</);
    const done = painted(<Review week={week} />, {
      answer: { review: { ...review, doneAt: at, doneBy: "gone" }, ticked: reviewSteps.map((step) => ticked(step)) },
    }); // prettier-ignore
    expect(done.text).toContain("Walked through by somebody who has left, 23 Nov, 08:00.");
    expect(done.text).toContain("Open it again");
    expect(done.html).not.toContain("Take back");
  });

  it("is only looked at by who may not tick", () => {
    const { html } = painted(<Review week={week} />, { role: "viewer" });
    expect(html).not.toContain("Tick");
    expect(html).not.toContain(">Done<");
  });

  it("says what is not known, and does not take a part for the whole", () => {
    const { spend, gaps } = reviewFigures();
    const figures = {
      ...reviewFigures(),
      firstCallAt: "2026-11-12T00:00:00.000Z",
      spend: { ...spend, forecast: null, unpricedCalls: 0 },
      growth: { features: [], teams: [] },
      calls: [],
      gaps: { ...gaps, unattributedShare: null, unpricedCalls: 0, finalThrough: "2026-11-22T23:45:00.000Z" },
    };
    const { text } = painted(<Review week={week} />, { answer: { review: { ...review, figures } } });
    expect(text).toContain("Of the week before only what came from 12 Nov 2026 on is known.");
    expect(text).toContain("Too little is known of the days before for a forecast.");
    expect(text).toContain("No call with a price.");
    expect(text).toContain("No feature and no team grew by an amount that matters.");
    expect(text).toContain("Every call has a price, no tag is asked for, and late calls could still change the week"); // prettier-ignore
  });
});

describe("the list of reviews", () => {
  it("tells each week and where it stands", () => {
    const { html, text } = painted(<Reviews />);
    expect(text).toContain("16 Nov – 22 Nov 2026");
    expect(text).toContain("for Dana Demo");
    expect(text).toContain("+ 12 calls unpriced");
    expect(text).toContain("2 of 6 ticked");
    expect(text).toContain("walked through by somebody who has left");
    expect(html).toContain('href="/acme/reviews/2026-11-16"');
    expect(text).toContain(
      "Reviews to come are for Dana Demo, the organisation's owner.".replace("'", "&#x27;"),
    );
    // Last week's is there.
    expect(text).not.toContain("now");
  });

  it("offers last week's where it is missing, to who may make it", () => {
    const missing = { reviews: { reviews: [] } };
    const make = "Make last week&#x27;s review now";
    expect(painted(<Reviews />, missing).html).toContain(make);
    expect(painted(<Reviews />, missing).text).toContain("No review yet");
    expect(painted(<Reviews />, { ...missing, role: "finance" }).html).not.toContain(make);
    expect(painted(<Reviews />, { ...missing, role: "viewer" }).html).not.toContain("Owner of the weekly");
  });
});
