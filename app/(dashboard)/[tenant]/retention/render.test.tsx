import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Outputs } from "@/app/_trpc/client";
import { agesOf, cohortsOf, type CountedCell } from "@/server/analytics/retention/cohorts";
import { TenantProvider } from "../_components/tenant-context";
import { CohortDetails } from "./cohort-details";
import { CohortGrid } from "./cohort-grid";
import { conclusionOf, countedWords, oldestWords, recountWords } from "./cohorts-words";
import { type HeatGrid, prepareCohorts } from "./prepare-cohorts";
import type { CohortView } from "./search-params";
import { TrackTeaches } from "./track-teaches";

type Answer = Outputs["reports"]["retention"];

const tenant = {
  slug: "acme",
  name: "Acme",
  timeZone: "America/New_York",
  rights: ["reports:read"],
} as unknown as Parameters<typeof TenantProvider>[0]["tenant"];

const cell = (cohort: string, period: string, activeUsers: number, more: Partial<CountedCell> = {}): CountedCell => ({
  cohort, period, activeUsers, calls: activeUsers, events: 0, costUsd: "0", unpricedCalls: 0, lastUsers: 0, lastCostUsd: "0", ...more,
}); // prettier-ignore
const counted = [
  cell("2026-09-01", "2026-09-01", 40, { costUsd: "80", lastUsers: 15, lastCostUsd: "50" }),
  cell("2026-09-01", "2026-10-01", 25, {
    costUsd: "100",
    unpricedCalls: 4,
    lastUsers: 15,
    lastCostUsd: "30",
  }),
  cell("2026-09-01", "2026-11-01", 10, { costUsd: "5" }),
  cell("2026-10-01", "2026-10-01", 12, { costUsd: "6" }),
  cell("2026-10-01", "2026-11-01", 5, { costUsd: "1" }),
];
const cohorts = cohortsOf(
  { grain: "month", last: "2026-11-01", running: "2026-11-01", minUsers: 20 },
  counted,
  [],
);
const answer: Answer = {
  grain: "month",
  first: "2026-09-01",
  last: "2026-11-01",
  periods: 3,
  cohorts,
  oldest: "2026-09-01",
  ages: agesOf(cohorts, 20),
  minUsers: 20,
  churnDays: 30,
  refreshedAt: "2026-11-21T14:20:00.000Z",
  provisionalFrom: "2026-11-21",
  watermark: { finalThrough: "", rolledThrough: "", pendingHours: 0 },
  timeZone: "America/New_York",
  from: "",
  to: "",
};

const texts = ({ all, rows }: HeatGrid) =>
  [all, ...rows].map((row) => row && [row.name, ...row.cells.map(({ text }) => text)]);

describe("the grid", () => {
  it.each<[CohortView, (string[] | null)[]]>([
    ["retention", [["All cohorts", "100%", "62.5%"], ["Oct 2026", "12/12", "5/12"], ["Sept 2026", "100%", "62.5%", "25%"]]],
    ["cost", [["All cohorts", "$1.65", "$4.00+"], ["Oct 2026", "too few", "too few"], ["Sept 2026", "$2.00", "$4.00+", "$0.50"]]],
    ["left", [null, ["Oct 2026", "–", "–"], ["Sept 2026", "–", "$50.00", "$80.00"]]],
  ])("of %s", (view, expected) => {
    expect(texts(prepareCohorts(answer, view))).toEqual(expected);
  }); // prettier-ignore

  it("is as dark as the share, or as the dearest, and says nothing by shade where nothing can be said", () => {
    const levels = (view: CohortView) =>
      prepareCohorts(answer, view).rows.map(({ cells }) => cells.map(({ level }) => level));
    expect(levels("retention")).toEqual([[null, null], [5, 4, 2]]); // prettier-ignore
    expect(levels("cost")).toEqual([[null, null], [3, 5, 1]]); // prettier-ignore
    expect(levels("left")).toEqual([[null, null], [null, 4, 5]]); // prettier-ignore
  });

  it("says each figure in words, with its interval and what it lacks", () => {
    const titles = (view: CohortView) =>
      prepareCohorts(answer, view).rows.flatMap(({ cells }) => cells.map(({ title }) => title));
    expect(titles("retention")[3]).toBe(
      "Oct 2026, 1 month later: 25 of 40 users, 62.5%; 95 % interval 47% – 75.8%.",
    );
    expect(titles("retention")[1]).toBe(
      "Nov 2026, 1 month later: 5 of 12 users: too few users to say. Shares are told of 20 users or more. The month is not over.",
    );
    expect(titles("cost")[3]).toBe(
      "Oct 2026, 1 month later: 25 users cost $100.00, $4.00 each. + 4 calls unpriced, in no amount.",
    );
    expect(titles("left")[4]).toBe(
      "Nov 2026, 2 months later: 30 users had left by then, who had cost $80.00 in all. The month is not over.",
    );
  });

  it("is a table that readers can read, and opens a cohort", () => {
    const markup = renderToStaticMarkup(
      <>
        <CohortGrid
          grid={prepareCohorts(answer, "retention")}
          answer={answer}
          label="Share of users who are there"
        />
        {answer.cohorts[0] && <CohortDetails cohort={answer.cohorts[0]} grain="month" />}
      </>,
    );
    expect(markup).not.toMatch(/NaN|undefined|\[object/);
    expect(markup).toContain('aria-expanded="false"');
    const text = markup.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
    expect(text).toContain("Sept 2026 40 users");
    expect(text).toContain("Oct 2026 12 users, too few");
    expect(text).toContain("Oct 2026 25 62.5% 47% – 75.8% $100.00 $4.00 4 calls 15 $50.00");
  });
});

describe("in words", () => {
  it("concludes what can be said", () => {
    expect(conclusionOf(answer, "retention")).toBe(
      "Of 40 users, 62.5% were there 1 month later (95 % interval 47% – 75.8%).",
    );
    expect(conclusionOf(answer, "cost")).toBe(
      "Who stays costs $4.00 1 month later, after $1.65 in the first month.",
    );
    expect(conclusionOf(answer, "left")).toBe(
      "30 users of these cohorts left: not seen since an earlier month, nor for 30 days.",
    );
    const none = { ...answer, cohorts: [], ages: [] };
    expect([conclusionOf(none, "retention"), conclusionOf(none, "cost"), conclusionOf(none, "left")]).toEqual(
      [null, null, null],
    );
  });

  it("says when it was counted, and what may change", () => {
    expect(countedWords(answer)).toBe("Users counted at 21 Nov, 09:20, every ten minutes.");
    expect(countedWords({ ...answer, refreshedAt: null })).toContain("within ten minutes");
    expect(recountWords(answer)).toBeNull();
    expect(recountWords({ ...answer, provisionalFrom: null })).toBeNull();
    expect(recountWords({ ...answer, provisionalFrom: "2026-10-30" })).toContain("each month from that of 30 Oct on"); // prettier-ignore
  });

  it("says of whom nobody knows since when they were there", () => {
    expect(oldestWords(answer)).toBe(
      "The users of Sept 2026 may have come before that: nothing older is known.",
    );
    expect(oldestWords({ ...answer, oldest: "2026-08-01" })).toBeNull();
    expect(oldestWords({ ...answer, oldest: null })).toBeNull();
  });

  it("teaches whoever has nobody yet, with the address of the deployment", () => {
    const markup = renderToStaticMarkup(
      <NuqsTestingAdapter>
        <TenantProvider tenant={tenant}>
          <TrackTeaches baseUrl="https://ledger.example" />
        </TenantProvider>
      </NuqsTestingAdapter>,
    );
    expect(markup).toContain("curl https://ledger.example/v1/track");
    expect(markup).toContain('href="/acme/get-started"');
  });
});
