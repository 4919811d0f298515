"use client";

import { useState } from "react";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Link } from "@/app/_components/ui/link";
import { formatInstant } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import { useMemberNames } from "../../_components/names";
import { useRight, useTenant } from "../../_components/tenant-context";
import { ConnectionBadges, ConnectionTrouble, lastRunWords } from "../../stripe/connection-state";
import { RunButton } from "../../stripe/run-button";
import { dashboardHref, type Shown, underWay } from "../../stripe/words";
import { KeyRights } from "./key-rights-list";
import { RotateDialog } from "./rotate-dialog";
import { useBillingSettings } from "./use-billing-settings";

/** What is connected, whether it works, and what can be done about it. */
export function ConnectionCard({ shown, now }: { shown: Shown; now: Date }) {
  const { slug, timeZone } = useTenant();
  const names = useMemberNames();
  const mayWrite = useRight("billing:write");
  const [isRotating, setIsRotating] = useState(false);
  const { disconnect } = useBillingSettings();
  const { connection } = shown;
  const { name, providerAccount, mode, keyTail, connectedAt, connectedBy, state } = connection;
  const waiting = underWay(shown);
  return (
    <Card>
      <CardHeader
        title="Connection"
        hint={lastRunWords(connection, timeZone, now)}
      >
        <RunButton label={state === "failing" ? "Try again now" : "Run now"} />
      </CardHeader>
      <div className="space-y-3 border-t px-4 py-3 text-sm sm:px-5">
        <p className="flex flex-wrap gap-2">
          <ConnectionBadges connection={connection} now={now} />
        </p>
        <ConnectionTrouble connection={connection} now={now} />
        <p className="wrap-anywhere">
          <span className="font-medium">{name}</span>{" "}
          <a
            href={dashboardHref(mode, "dashboard")}
            target="_blank"
            rel="noreferrer"
            className="font-mono text-xs text-accent underline underline-offset-2"
          >
            {providerAccount}
          </a>
          <span className="block text-xs text-ink-muted">
            Key <code>{keyTail}</code> · connected {formatInstant(connectedAt, timeZone, now)} by{" "}
            {names.get(connectedBy) ?? "somebody who has left"} ·{" "}
            <Link href={`/${slug}/stripe`} className="underline underline-offset-2">
              what was sent
            </Link>
          </span>
        </p>
        <details className="text-xs text-ink-muted">
          <summary className="cursor-pointer select-none">What the key must be allowed</summary>
          <div className="mt-2">
            <KeyRights />
          </div>
        </details>
        {mayWrite && (
          <div className="-ml-2.5 flex flex-wrap gap-1">
            <Button size="sm" variant="ghost" onClick={() => setIsRotating(true)}>
              Rotate key or secret
            </Button>
            <ConfirmButton
              label="Disconnect"
              title={`Disconnect ${name} (${mode} mode)?`}
              confirm="Disconnect Stripe"
              onConfirm={() => disconnect.mutate({ confirmUnderWay: waiting })}
            >
              {waiting === 0
                ? "Nothing is under way."
                : `${plural(waiting, "hour of usage is", "hours of usage are")} under way and will not be sent.`}{" "}
              The key and the signing secret are deleted, and nothing more reaches Stripe. What was sent stays
              known: the same account, connected again, goes on where it stood and bills nothing twice.
            </ConfirmButton>
          </div>
        )}
      </div>
      <RotateDialog open={isRotating} onClose={() => setIsRotating(false)} mode={mode} />
    </Card>
  );
} // prettier-ignore
