import { describe, expect, it } from "vitest";
import { incidentOf } from "@/tests/factories/incident";
import { blockKitFaults } from "@/tests/mocks/block-kit";
import { digestMessage } from "./digest-message";
import { incidentMessage } from "./incident-message";
import { slackPayload, slackText } from "./slack-payload";

const sender = { tenantName: "Acme", timeZone: "America/New_York", url: "https://app.example.com/acme" };
const opened = (incident = incidentOf()) => ({
  incident,
  event: { kind: "opened" as const, at: incident.openedAt },
});

/** What customers of a tenant may call a feature. */
const hostileNames = [
  "<!channel>", "<!here|x>", "<!everyone>", "<@U123>", "<#C123|general>", "<!subteam^S1>", "<https://evil.com|click here>",
  "https://evil.com", "@channel", "@here", "*bold* _it_ ~no~ `code` ```block```", "&lt;!channel&gt;", "&amp;", "R&D", "a < b > c",
  "line\nline\r\n> quote", "\u202eevil\u2066", "\u0000\u0007", "😀".repeat(200), "<".repeat(4_000), "&".repeat(4_000), "x".repeat(4_000),
  "\ud800", "", " ", "\u200b", "<date^1^{date}|x>", "<!date^1392734382^{date}^https://evil.com|x>", "<mailto:a@b.c|x>", "|", ">>>",
]; // prettier-ignore

describe("text for Slack", () => {
  it.each([
    ["a & b", "a &amp; b"],
    ["<!channel>", "&lt;!channel&gt;"],
    ["a\nb", "a b"],
    ["", "–"],
    ["  ", "–"],
  ])("%j is %j", (text, written) => {
    expect(slackText(text, 100)).toBe(written);
  });

  it.each([
    ["abcde", 5, "abcde"],
    ["abcdef", 5, "abcd…"],
    ["abcd&", 5, "abcd…"],
    ["a&", 6, "a&amp;"],
    ["a&b", 6, "a…"],
    ["😀😀😀", 5, "😀😀…"],
  ])("%j in %i is %j", (text, max, written) => {
    expect(slackText(text, max)).toBe(written);
    expect(slackText(text, max).length).toBeLessThanOrEqual(max);
  });
});

describe("a message about an incident", () => {
  it("says who, what, how much, why, what it will be, and where to look", () => {
    const incident = incidentOf({ id: "0f1e2d3c-4b5a-4697-8877-665544332211" });
    const payload = slackPayload(incidentMessage(opened(incident), sender));
    expect(blockKitFaults(payload)).toEqual([]);
    expect(payload).toMatchInlineSnapshot(`
      {
        "blocks": [
          {
            "text": {
              "emoji": false,
              "text": "New: week over week, feature email-drafts",
              "type": "plain_text",
            },
            "type": "header",
          },
          {
            "text": {
              "emoji": false,
              "text": "email-drafts cost $41.20 this week, 63 % more than the week before ($25.28).",
              "type": "plain_text",
            },
            "type": "section",
          },
          {
            "fields": [
              {
                "text": "*Expected*
      $25.28",
                "type": "mrkdwn",
                "verbatim": true,
              },
              {
                "text": "*Actual*
      $41.20 (+63 %)",
                "type": "mrkdwn",
                "verbatim": true,
              },
              {
                "text": "*Beyond what was expected*
      $15.92",
                "type": "mrkdwn",
                "verbatim": true,
              },
              {
                "text": "*Greatest part of it*
      prompt draft v3: +$12.40",
                "type": "mrkdwn",
                "verbatim": true,
              },
              {
                "text": "*By the end of the month, if it goes on*
      +$68.23",
                "type": "mrkdwn",
                "verbatim": true,
              },
            ],
            "type": "section",
          },
          {
            "elements": [
              {
                "action_id": "open",
                "text": {
                  "emoji": false,
                  "text": "Open the incident",
                  "type": "plain_text",
                },
                "type": "button",
                "url": "https://app.example.com/acme/alerts/0f1e2d3c-4b5a-4697-8877-665544332211",
              },
            ],
            "type": "actions",
          },
          {
            "elements": [
              {
                "emoji": false,
                "text": "Rule: Week over week. Severity: warning. Seen: 12 Nov 2026, 19:00 to 19 Nov 2026, 19:00 (America/New_York)",
                "type": "plain_text",
              },
              {
                "emoji": false,
                "text": "Alert TL-0F1E2D3C4B. Sent once: it is never repeated, and may be missing after a failure on the way.",
                "type": "plain_text",
              },
              {
                "text": "<https://app.example.com/acme/alerts/0f1e2d3c-4b5a-4697-8877-665544332211|Open the incident>",
                "type": "mrkdwn",
                "verbatim": true,
              },
            ],
            "type": "context",
          },
        ],
        "text": "New: week over week, feature email-drafts: email-drafts cost $41.20 this week, 63 % more than the week before ($25.28).",
        "unfurl_links": false,
        "unfurl_media": false,
      }
    `);
  });

  it.each(["opened", "escalated", "resolved", "reopened"] as const)("%s has the same alert id", (kind) => {
    const incident = incidentOf({ id: "0f1e2d3c-4b5a-4697-8877-665544332211" });
    const message = incidentMessage({ incident, event: { kind, at: incident.openedAt } }, sender);
    expect(message.alertId).toBe("TL-0F1E2D3C4B");
    expect(JSON.stringify(slackPayload(message))).toContain("TL-0F1E2D3C4B");
  });

  it.each(["*bold*", "_it_", "~no~", "`code`"])("dresses nothing up that a name says: %s", (name) => {
    const details = {
      sentence: name,
      contributors: [{ label: name, deltaUsd: "1" }],
      params: {},
      callIds: [],
    };
    const incident = incidentOf({ subject: { kind: "feature", key: name }, details });
    const message = incidentMessage(opened(incident), sender);
    for (const payload of [slackPayload(message), slackPayload({ ...message, lines: [name] })])
      for (const [, markup = ""] of JSON.stringify(payload).matchAll(/"mrkdwn","text":"([^"]*)"/g))
        expect(markup).not.toContain(name);
  });

  it("needs nothing that an incident may lack", () => {
    const bare = incidentOf({
      expected: null,
      impactUsd: null,
      monthEndUsd: null,
      details: { sentence: "", contributors: [], params: {}, callIds: [] },
    });
    expect(blockKitFaults(slackPayload(incidentMessage(opened(bare), sender)))).toEqual([]);
  });

  it.each(hostileNames)("whose subject is called %j is valid, and calls nobody", (name) => {
    const incident = incidentOf({
      subject: { kind: "feature", key: name },
      details: {
        sentence: `${name} cost $41.20 this week.`,
        contributors: [{ label: `prompt ${name}`, deltaUsd: "1" }],
        params: {},
        callIds: [],
      },
    });
    const own = { ...sender, tenantName: name };
    for (const payload of [
      slackPayload(incidentMessage(opened(incident), own)),
      slackPayload(digestMessage("d", [opened(incident), opened()], "at_least_once", own)),
    ]) {
      expect(blockKitFaults(payload)).toEqual([]);
      expect(JSON.stringify(payload)).not.toMatch(/<!|<@|<#/);
    }
  });
});

describe("a digest", () => {
  it("of 500 hostile names is one valid message that says how many there are more", () => {
    const told = Array.from({ length: 500 }, (_, at) =>
      opened(
        incidentOf({
          subject: { kind: "feature", key: `${hostileNames[at % hostileNames.length] ?? ""}${at}` },
        }),
      ),
    );
    const payload = slackPayload(digestMessage("d", told, "at_least_once", sender));
    expect(blockKitFaults(payload)).toEqual([]);
    expect(JSON.stringify(payload)).toContain("480 more are on the screen");
  });

  it("tells the gravest first, and of each incident the newest", () => {
    const grave = incidentOf({ severity: "critical", subject: { kind: "feature", key: "grave" } });
    const dear = incidentOf({ impactUsd: "900", subject: { kind: "feature", key: "dear" } });
    const cheap = incidentOf({ impactUsd: "1", subject: { kind: "feature", key: "cheap" } });
    const later = new Date("2026-11-20T13:00:00Z");
    const told = [
      opened(cheap),
      opened(dear),
      opened(grave),
      { incident: cheap, event: { kind: "resolved" as const, at: later } },
    ];
    expect(digestMessage("d", told, "at_most_once", sender).lines.map((line) => `${line.split(",")[0] ?? ""}${/feature \w+/.exec(line)?.[0] ?? ""}`)).toEqual([
      "Newfeature grave", "Newfeature dear", "Resolvedfeature cheap",
    ]); // prettier-ignore
  });

  it("of one incident is that incident's own message", () => {
    const one = opened();
    expect(digestMessage("d", [one], "at_most_once", sender)).toEqual(incidentMessage(one, sender));
  });
});

it("the validator sees what Slack would refuse, or obey (control)", () => {
  const text = (text: string) => ({ type: "plain_text", text });
  const faulty: [string, object][] = [
    ["a header of 151", { type: "header", text: text("x".repeat(151)) }],
    ["an empty text", { type: "section", text: text("") }],
    ["11 fields", { type: "section", fields: Array.from({ length: 11 }, () => text("x")) }],
    ["an unknown block", { type: "table", rows: [] }],
    ["a mention", { type: "section", text: { type: "mrkdwn", text: "<!channel>" } }],
    ["a lone &", { type: "section", text: text("a & b") }],
  ];
  for (const [name, block] of faulty)
    expect(blockKitFaults({ text: "x", blocks: [block] }), name).not.toEqual([]);
});
