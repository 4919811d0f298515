"use client";

import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { useTenant } from "../../_components/tenant-context";
import { dashboardHref, type Shown } from "../../stripe/words";
import { webhookEvents } from "./key-rights";

/** Where Stripe is to tell us what it refused later, and of invoices. */
export function WebhookCard({ shown, baseUrl }: { shown: Shown; baseUrl: string }) {
  const { slug } = useTenant();
  const { mode, hasWebhookSecret } = shown.connection;
  const address = `${baseUrl}/api/webhooks/stripe/${slug}`;
  return (
    <Card>
      <CardHeader
        title="Webhook"
        hint="Without it nothing is lost: what Stripe refuses later is then found by the comparison every six hours."
      >
        <Badge tone={hasWebhookSecret ? "good" : "warn"}>
          {hasWebhookSecret ? "signing secret is set" : "no signing secret"}
        </Badge>
      </CardHeader>
      <div className="space-y-3 border-t px-4 py-3 text-sm sm:px-5">
        <p className="text-ink-muted">
          In Stripe, add an event destination at{" "}
          <a
            href={dashboardHref(mode, "webhooks")}
            target="_blank"
            rel="noreferrer"
            className="text-accent underline underline-offset-2"
          >
            dashboard.stripe.com/webhooks
          </a>{" "}
          with this address, then give its signing secret under “Rotate key or secret”.
        </p>
        <div className="flex items-center gap-2 rounded-md border border-line-strong bg-sunken py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{address}</code>
          <CopyButton text={address} label="Copy address" />
        </div>
        <div className="text-xs text-ink-muted">
          Events to choose:
          <ul className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-2">
            {webhookEvents.map((event) => (
              <li key={event} className="wrap-anywhere">
                <code>{event}</code>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Card>
  );
}
