import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { WhyAnswer, WhyPart } from "@/server/analytics/why-schemas";
import type { WhyUsersAnswer } from "@/server/analytics/why-users-schemas";
import { ChangeHead } from "./change-head";
import { callsOfPart, narrowerQuestion } from "./part-links";
import { PartsList } from "./parts-list";
import { prepareWaterfall } from "./prepare-waterfall";
import type { WhyQuestion } from "./question";
import { UsersTable } from "./users-table";
import { WaterfallTable } from "./waterfall-table";

const work = { feature: "research-agent", kind: "llm", isRest: false };
const parts: WhyPart[] = [
  { cause: "retries", usd: "42.374249747530186608", work, attemptsPerRequest: [1, 18.3], requests: [74, 102] },
  { cause: "volume", usd: "-1.5", work: { ...work, feature: null }, requests: [12, 0] },
  { cause: "unpriced", usd: "-0.0001", work: { ...work, isRest: true, feature: null }, unpricedCalls: [0, 3], calls: [4, 4], models: ["acme-7b"] },
  { cause: "price", usd: "-0.00005", work: null, provider: "openai", model: "gpt-4o", features: ["chat"], level: 0.5, listed: [] },
]; // prettier-ignore
const side = {
  from: "2026-11-08T05:00:00.000Z",
  to: "2026-11-15T05:00:00.000Z",
  usd: "26.18",
  costUsd: "26.18",
  calls: 1200,
  unpricedCalls: 0,
  corrections: null,
};
const answer: WhyAnswer = {
  measure: "cost",
  before: side,
  after: { ...side, usd: "67.0541", calls: 1300, unpricedCalls: 3, corrections: { usd: "1.25", calls: 2 } },
  deltaUsd: "40.8741",
  causes: [{ cause: "retries", usd: "42.37", parts: 1 }, { cause: "volume", usd: "-1.5", parts: 1 }, { cause: "unpriced", usd: "0.0041", parts: 1 }],
  parts,
  rest: { parts: 7, usd: "0.02" },
  notes: ["manyVersions"],
  watermark: { finalThrough: "2026-11-14T00:00:00.000Z", rolledThrough: "2026-11-15T00:00:00.000Z", pendingHours: 0 },
  timeZone: "America/New_York",
}; // prettier-ignore
const question: WhyQuestion = {
  stretch: { from: "2026-11-15", to: "2026-11-22" },
  compare: { from: "2026-11-08", to: "2026-11-15" },
  parts: [{ tag: "team", operator: "is", value: "research" }],
  measure: "cost",
  view: "cause",
};
const sound = (html: string) => {
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  return html;
};
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

describe("the head of an explanation", () => {
  const html = sound(renderToStaticMarkup(<ChangeHead answer={answer} beforeWords="8 – 14 Nov" afterWords="15 – 21 Nov" />)); // prettier-ignore

  it("says how much, between what, and what the amounts lack", () => {
    const text = textOf(html);
    expect(text).toContain("+$40.87");
    expect(text).toContain("15 – 21 Nov against 8 – 14 Nov");
    expect(text).toContain("1,200 → 1,300 calls");
    expect(text).toContain("+ 0 → 3 calls unpriced");
    expect(text).toContain("2 corrections of closed months");
    expect(text).toContain("provisional");
    expect(text).toContain("so many versions");
  });

  it("has a dash for an average of nothing", () => {
    const none = {
      ...answer,
      measure: "costPerCall",
      deltaUsd: null,
      before: { ...side, usd: null },
    } as const;
    const text = textOf(
      sound(renderToStaticMarkup(<ChangeHead answer={none} beforeWords="x" afterWords="y" />)),
    );
    expect(text).toMatch(/^ – /);
  });
});

describe("the waterfall", () => {
  const waterfall = prepareWaterfall({ beforeUsd: "26.18", afterUsd: "67.0541", causes: answer.causes });
  const html = sound(
    renderToStaticMarkup(
      <WaterfallTable waterfall={waterfall} measure="cost" beforeWords="Before" afterWords="After" />,
    ),
  );

  it("is a table of its own figures", () => {
    expect([...html.matchAll(/data-cause="(\w+)"/g)].map(([, cause]) => cause)).toEqual([
      "before",
      "retries",
      "volume",
      "unpriced",
      "after",
    ]);
    expect(textOf(html)).toContain("Before $26.18 Retries +$42.37 Number of calls −$1.50");
  });

  it("says where its bars begin if not at zero", () => {
    const zoomed = prepareWaterfall({
      beforeUsd: "3000",
      afterUsd: "3010",
      causes: [{ cause: "cache", usd: "10" }],
    });
    const text = textOf(
      renderToStaticMarkup(
        <WaterfallTable waterfall={zoomed} measure="cost" beforeWords="b" afterWords="a" />,
      ),
    );
    expect(text).toContain("The bars begin at $2,990");
  });

  it("says so in the digits of a call, too", () => {
    const zoomed = prepareWaterfall({
      beforeUsd: "0.0069",
      afterUsd: "0.0061",
      causes: [{ cause: "cache", usd: "-0.0008" }],
    });
    const text = textOf(
      renderToStaticMarkup(
        <WaterfallTable waterfall={zoomed} measure="costPerCall" beforeWords="b" afterWords="a" />,
      ),
    );
    expect(text).toContain("The bars begin at $0.00");
  });
});

describe("the parts", () => {
  const html = sound(
    renderToStaticMarkup(
      <PartsList
        answer={answer}
        callsOf={(part) => callsOfPart("demo", part, question)}
        narrowTo={(part) => (narrowerQuestion(part, question) ? () => undefined : null)}
      />,
    ),
  );

  it("stand in their order, with every digit at hand", () => {
    expect([...html.matchAll(/data-cause="(\w+)"/g)].map(([, cause]) => cause)).toEqual(
      parts.map(({ cause }) => cause),
    );
    expect(html).toContain('value="42.374249747530186608"');
    expect(textOf(html)).toContain("7 smaller parts +$0.02");
  });

  it("lead to their calls: the retries, those of before where none came since, none where tags cannot say it", () => {
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) =>
      (href ?? "").replaceAll("&amp;", "&"),
    );
    const read = (link: string | undefined) => new URL(link ?? "", "http://x").searchParams;
    expect(links).toHaveLength(3);
    expect(read(links[0]).getAll("f")).toEqual(["team:research", "feature:research-agent", "kind:llm", "attempt:retry"]); // prettier-ignore
    expect([read(links[0]).get("from"), read(links[0]).get("to")]).toEqual(["2026-11-15", "2026-11-22"]);
    expect([read(links[1]).get("from"), read(links[1]).getAll("f")[1]]).toEqual(["2026-11-08", "feature:"]);
    expect(read(links[2]).getAll("f")).toEqual(["team:research", "provider:openai", "model:gpt-4o"]);
  });

  it("can be asked about alone, until they are", () => {
    const first = parts[0];
    if (!first) throw new Error("no part");
    const narrower = narrowerQuestion(first, question);
    expect(narrower?.parts).toEqual([
      ...question.parts,
      { tag: "feature", operator: "is", value: "research-agent" },
    ]);
    expect(narrower && narrowerQuestion(first, narrower)).toBeNull();
  });
});

describe("people", () => {
  const people: WhyUsersAnswer = {
    deltaUsd: "-170",
    groups: [
      { group: "gone", users: 5, usd: "-174.2", beforeUsd: "174.2", afterUsd: "0" },
      { group: "stayed", users: 300, usd: "4.2", beforeUsd: "10", afterUsd: "14.2" },
      { group: "without", users: 0, usd: "0", beforeUsd: "1", afterUsd: "1" },
      { group: "new", users: 0, usd: "0", beforeUsd: "0", afterUsd: "0" },
    ],
    users: [{ key: "usr_bram", group: "gone", usd: "-50", beforeUsd: "50", afterUsd: "0", calls: [300, 0] }],
    watermark: answer.watermark,
    timeZone: "UTC",
  };
  it("are those who stopped, stayed and came; what is empty is left out", () => {
    const html = sound(
      renderToStaticMarkup(<UsersTable answer={people} by="user" callsOf={({ key }) => `/calls?${key}`} />),
    );
    expect([...html.matchAll(/data-group="(\w+)"/g)].map(([, group]) => group)).toEqual([
      "gone",
      "stayed",
      "without",
    ]);
    expect(textOf(html)).toContain("5 users who stopped −$174.20");
    expect(textOf(html)).toContain("usr_bram stopped $50.00 $0.00 −$50.00");
  });
});
