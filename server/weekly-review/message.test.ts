import { describe, expect, it } from "vitest";
import { Message } from "@/server/delivery/schemas";
import { reviewFigures } from "@/tests/factories/review-figures";
import { reviewMessage } from "./message";
import { ReviewFigures } from "./schemas";

const sender = { tenantName: "Acme", timeZone: "Asia/Kolkata", url: "https://app.example.com/acme" };
const takenAt = new Date("2026-11-23T14:00:00Z");
const told = (change: Partial<ReviewFigures> = {}) =>
  Message.parse(
    reviewMessage({ week: "2026-11-16", takenAt, figures: { ...reviewFigures(), ...change } }, sender),
  );
const { spend, gaps, budgets } = reviewFigures();

describe("what a week's review says", () => {
  it("tells spend, change, forecast and what is missing, and links to the page", () => {
    const message = told();
    expect(message.text).toBe(
      "The week cost $120.50, +20.5 % against the week before ($100.00). Expected were $104.00, in four of five cases $96.00 to $113.00. 12 calls without a price are not in it.",
    );
    expect(message.link?.url).toBe("https://app.example.com/acme/reviews/2026-11-16");
    expect(message.fields.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      "Fastest growing feature: chat: +$30.00 (+100 %)",
      "Fastest growing team: without one: +$20.00 (new)",
      "Dearest call: $4.20, gpt-4o for chat",
      "Incidents: 1 opened, 0 resolved, 1 still open",
      "Budgets near their limit: 1 of 3",
      "Unattributed: 5 % of the cost",
    ]);
    expect(message.context).toEqual(["Figures as of 23 Nov, 19:30 (Asia/Kolkata). The week is final."]);
  });

  it.each([
    ["nothing before", { spend: { ...spend, previous: null, changeUsd: null } }, "The week cost $120.50. Expected"],
    ["nothing spent before", { spend: { ...spend, previous: { costUsd: "0", calls: 0, unpricedCalls: 0 } } }, "$120.50, against the week before ($0.00)."],
    ["no forecast, every call priced", { spend: { ...spend, forecast: null, unpricedCalls: 0 } }, "($100.00)."],
    ["one call unpriced", { spend: { ...spend, unpricedCalls: 1 } }, "1 call without a price is not in it."],
  ])("%s", (_name, change, words) => {
    expect(told(change).text).toContain(words);
  }); // prettier-ignore

  it("leaves out what there is not, and says what may still change", () => {
    const message = told({
      growth: { features: [], teams: [] },
      calls: [],
      budgets: { ...budgets, inForce: 0 },
      gaps: { ...gaps, unattributedShare: null, finalThrough: "2026-11-22T18:15:00.000Z" },
    });
    expect(message.fields.map(({ label }) => label)).toEqual(["Incidents"]);
    expect(message.context[0]).toContain("Final through 22 Nov, 23:45: late calls may still change them.");
  });
});

it("the factory's figures are sound", () => {
  expect(ReviewFigures.parse(reviewFigures())).toEqual(reviewFigures());
});
