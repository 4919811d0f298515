import { createHmac } from "node:crypto";
import { expect, it, vi } from "vitest";
import { incidentOf } from "@/tests/factories/incident";
import { incidentMessage } from "./incident-message";
import { webhookBody } from "./webhook-body";

vi.mock("@/server/env", () => ({ env: {} }));
const { signWebhook } = await import("@/server/clients/webhook");

it("is signed as Standard Webhooks says", () => {
  // The example of the specification's own libraries.
  const signed = signWebhook({
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    at: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
  });
  expect(signed).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  const key = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
  const text = 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}';
  expect(signed).toBe(`v1,${createHmac("sha256", key).update(text).digest("base64")}`);
});

it("says all that the screens know, amounts as strings", () => {
  const incident = incidentOf({ id: "0f1e2d3c-4b5a-4697-8877-665544332211" });
  const sender = { tenantName: "Acme", timeZone: "UTC", url: "https://app.example.com/acme" };
  const message = incidentMessage({ incident, event: { kind: "opened", at: incident.openedAt } }, sender);
  expect(webhookBody(message, { tenantSlug: "acme", incident, at: incident.openedAt }))
    .toMatchInlineSnapshot(`
    {
      "data": {
        "alertId": "TL-0F1E2D3C4B",
        "incident": {
          "actual": "41.2",
          "basis": "final",
          "contributors": [
            {
              "deltaUsd": "12.4",
              "label": "prompt draft v3",
            },
          ],
          "expected": "25.28",
          "id": "0f1e2d3c-4b5a-4697-8877-665544332211",
          "impactUsd": "15.92",
          "lastWindow": {
            "from": "2026-11-13T00:00:00.000Z",
            "to": "2026-11-20T00:00:00.000Z",
          },
          "level": null,
          "monthEndUsd": "68.2285714285714286",
          "rule": "week-over-week",
          "severity": "warning",
          "state": "open",
          "subject": {
            "key": "email-drafts",
            "kind": "feature",
          },
          "unit": "usd",
          "window": {
            "from": "2026-11-13T00:00:00.000Z",
            "to": "2026-11-20T00:00:00.000Z",
          },
        },
        "lines": [],
        "tenant": "acme",
        "text": "email-drafts cost $41.20 this week, 63 % more than the week before ($25.28).",
        "title": "New: week over week, feature email-drafts",
        "url": "https://app.example.com/acme/alerts/0f1e2d3c-4b5a-4697-8877-665544332211",
      },
      "timestamp": "2026-11-20T12:00:00.000Z",
      "type": "incident.opened",
    }
  `);
});
