import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { digestMessage } from "@/server/delivery/digest-message";
import { incidentMessage, type Told } from "@/server/delivery/incident-message";
import type { Message } from "@/server/delivery/schemas";
import { type SlackBlock, slackPayload } from "@/server/delivery/slack-payload";
import { incidentOf } from "../factories/incident";
import { startFakeSlack } from "../mocks/slack";
import { findBrowser } from "../setup/browser";

// `npm run screenshots:slack`: what a Slack receiver got, drawn about as Slack draws it, into server/delivery/slack-message.png.
const sender = {
  tenantName: "Acme Robotics",
  timeZone: "America/New_York",
  url: "https://tokenledger.example.com/acme",
};
const window = { from: new Date("2026-11-13T05:00:00Z"), to: new Date("2026-11-20T05:00:00Z") };
const told = (overrides: Parameters<typeof incidentOf>[0]): Told => {
  const incident = incidentOf({ window, lastWindow: window, ...overrides });
  return { incident, event: { kind: "opened", at: incident.openedAt } };
};
const details = (sentence: string) => ({ sentence, contributors: [], params: {}, callIds: [] });
const messages: Message[] = [
  incidentMessage(told({ id: "0f1e2d3c-4b5a-4697-8877-665544332211" }), sender),
  digestMessage(
    "5b0d3c1e",
    [
      told({ rule: "budget", severity: "critical", subject: { kind: "team", key: "growth" }, actual: "812.4", expected: "800", level: 100, details: details("") }),
      told({ rule: "spike", severity: "critical", subject: { kind: "feature", key: "code-review <!channel>" }, actual: "18.2", expected: "4.1" }),
      told({ rule: "forecast", subject: { kind: "account", key: "initech" }, actual: "1204.5", expected: "900" }),
    ],
    "at_least_once",
    sender,
  ),
]; // prettier-ignore

const html = (text: string) => text.replace(/\n/g, "<br>");
const markup = (text: string) =>
  html(text)
    .replace(/\*([^*]+)\*/g, "<b>$1</b>")
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, '<a href="$1">$2</a>');
// Slack's three entities are HTML's as well; nothing else of a text can be markup.
const textOf = ({ type, text }: { type: string; text: string }) =>
  type === "mrkdwn" ? markup(text) : html(text);

function drawn(block: SlackBlock): string {
  switch (block.type) {
    case "header":
      return `<h2>${textOf(block.text)}</h2>`;
    case "section":
      return "fields" in block
        ? `<div class="fields">${block.fields.map((field) => `<div>${textOf(field)}</div>`).join("")}</div>`
        : `<p>${textOf(block.text)}</p>`;
    case "actions":
      return `<p>${block.elements.map(({ text }) => `<span class="button">${textOf(text)}</span>`).join("")}</p>`;
    case "context":
      return `<div class="context">${block.elements.map((element) => `<div>${textOf(element)}</div>`).join("")}</div>`;
  }
}

const style = `body{font:15px/1.46 Lato,"Helvetica Neue",Arial,sans-serif;color:#1d1c1d;margin:0;padding:16px 20px;width:640px;background:#fff}
  .message{display:flex;gap:8px;padding:8px 0}.who{width:36px;height:36px;border-radius:6px;background:#1d1c1d;color:#fff;display:grid;place-items:center;font-weight:900;flex:none}
  .app{font-weight:900}.tag{background:#e8e8e8;border-radius:2px;font-size:10px;padding:1px 3px;color:#616061;margin:0 4px}.at{color:#616061;font-size:12px}
  h2{font-size:18px;margin:4px 0}p{margin:4px 0 8px}.fields{display:grid;grid-template-columns:1fr 1fr;gap:8px 16px;margin:8px 0}
  .button{display:inline-block;border:1px solid #bbb;border-radius:4px;padding:4px 12px;font-weight:700;font-size:13px}.context{color:#616061;font-size:13px}a{color:#1264a3}`;

const slack = await startFakeSlack();
for (const [at, message] of messages.entries())
  await fetch(`${slack.url}/services/T0/B0/picture${at}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(slackPayload(message)),
  });
await slack.close();
if (slack.accepted().length !== messages.length) throw new Error("The receiver refused a message");
const body = slack
  .accepted()
  .map(({ payload }) => `<div class="message"><div class="who">T</div><div><span class="app">Tokenledger</span><span class="tag">APP</span><span class="at">14:02</span>${(payload.blocks as SlackBlock[]).map(drawn).join("")}</div></div>`)
  .join(""); // prettier-ignore

const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, args, env: { ...process.env, ...env } }); // prettier-ignore
const page = await browser.newPage({ viewport: { width: 680, height: 200 }, deviceScaleFactor: 2 });
await page.setContent(`<!doctype html><meta charset="utf-8"><style>${style}</style>${body}`);
const path = fileURLToPath(new URL("../../server/delivery/slack-message.png", import.meta.url));
await page.screenshot({ path, fullPage: true });
await browser.close();
console.info(`Two messages, as the receiver got them: ${path}`);
