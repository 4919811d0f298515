import type { Sender } from "./incident-message";
import type { Message } from "./schemas";

/** What the test button sends. */
export function testMessage(name: string, sender: Sender): Message {
  return {
    type: "test",
    title: `A test from ${sender.tenantName}`,
    text: `Alerts of ${sender.tenantName} that are routed to “${name}” will look like this.`,
    fields: [
      { label: "Expected", value: "$25.28" },
      { label: "Actual", value: "$41.20 (+63 %)" },
    ],
    lines: [],
    context: ["Nothing has happened: somebody pressed the test button."],
    link: { label: "Open the alerts", url: `${sender.url}/alerts` },
    alertId: null,
  };
}

/** To the people who look after the tenant, when a destination was switched off. */
export function disabledMessage(name: string, reason: string, sender: Sender): Message {
  return {
    type: "destination.disabled",
    title: `Alerts of ${sender.tenantName} no longer reach “${name}”`,
    text: `The destination “${name}” was switched off. ${reason} What it should have told is listed there and can be sent again.`,
    fields: [],
    lines: [],
    context: [],
    link: { label: "Open the destinations", url: `${sender.url}/settings/alerts` },
    alertId: null,
  };
}
