import { expect, it } from "vitest";
import { featureFacts } from "@/tests/factories/alert-facts";
import { usualParams } from "../schemas";
import { retryRate } from "./retry-rate";

const params = usualParams("retry-rate");
const noon = new Date("2026-11-18T12:00:00Z");

interface Story {
  calls?: number;
  retries: number;
  usd?: string;
  /** Of the hours before. */
  before?: (daysBack: number) => number;
  history?: number;
}
const found = ({ calls = 100, retries, usd = "5", before = () => 0.02, history = 30 * 24 }: Story) =>
  retryRate(
    featureFacts(noon, history, ({ back, daysBack }) => {
      const point = { costUsd: "10", retryCostUsd: usd };
      return back === 0
        ? { ...point, calls, retryCalls: retries }
        : { ...point, calls: 100, retryCalls: 100 * before(daysBack) };
    }),
    params,
    noon,
  );

it.each<[string, Story, string | null | undefined]>([
  ["ten points above what is usual, nearly", { retries: 11 }, undefined],
  ["more than ten points above", { retries: 13 }, "0.02"],
  ["few attempts: one cannot tell", { calls: 29, retries: 29 }, undefined],
  ["as few as there must be", { calls: 30, retries: 15 }, "0.02"],
  ["so few that the share scatters further than that", { calls: 30, retries: 16, before: () => 0.35 }, undefined],
  ["repeats that cost nearly nothing", { retries: 90, usd: "0.99" }, undefined],
  ["a share that is always so high", { retries: 50, before: () => 0.5 }, undefined],
  ["none before, at all", { retries: 13, before: () => 0 }, "0"],
  ["a night of nothing but repeats two days ago: it is not usual by that", { retries: 13, before: (daysBack) => (daysBack === 2 ? 0.98 : 0.02) }, "0.02"],
  ["two days of history: below the floor", { retries: 49, history: 48 }, undefined],
  ["two days of history: at the floor", { retries: 50, history: 48 }, null],
])("%s", (_case, story, expected) => {
  expect(found(story)?.expected).toBe(expected);
}); // prettier-ignore

it("tells the share and what the repeats cost", () => {
  expect(found({ retries: 90 })).toMatchObject({
    unit: "share",
    actual: "0.9",
    impactUsd: "5",
    sentence: "90 % of chat's 100 attempts within an hour were repeats (usually 2 %); they cost $5.00.",
  });
});
