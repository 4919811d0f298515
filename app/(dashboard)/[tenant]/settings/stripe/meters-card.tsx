"use client";

import { Gauge, Plus } from "lucide-react";
import { useState } from "react";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatInstant } from "@/app/_format/dates";
import { useRight, useTenant } from "../../_components/tenant-context";
import { measureWords, type Shown } from "../../stripe/words";
import { AddMeterDialog } from "./add-meter-dialog";
import { useBillingSettings } from "./use-billing-settings";

/** Which of Stripe's meters are fed, with what, and since when. */
export function MetersCard({ shown, now }: { shown: Shown; now: Date }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("billing:write");
  const [isAdding, setIsAdding] = useState(false);
  const { endMeter } = useBillingSettings();
  const { meters } = shown;
  const add = mayWrite && (
    <Button onClick={() => setIsAdding(true)}>
      <Plus /> Add a meter
    </Button>
  );
  return (
    <Card>
      <CardHeader title="Meters" hint="What each of Stripe’s meters counts, hour by hour and account by account.">
        {meters.length > 0 && add}
      </CardHeader>
      {meters.length === 0 ? (
        <EmptyState icon={Gauge} title="No meter is fed" action={add} className="py-8">
          Make a meter in Stripe that adds up what it is sent (formula “sum”), with a metered price; then say here
          whether it gets tokens, calls or cost.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {meters.map(({ id, eventName, providerMeter, measure, startsAt, endsAt, unitAmount }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm sm:px-5">
              <div className="min-w-0 flex-1 basis-56">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {eventName} <Badge>{measureWords[measure].label}</Badge>
                  {endsAt !== null && <Badge tone="warn">ended</Badge>}
                </p>
                <p className="mt-0.5 text-xs wrap-anywhere text-ink-muted">
                  <code>{providerMeter}</code> · counts {measureWords[measure].of} since{" "}
                  {formatInstant(startsAt, timeZone, now)}
                  {endsAt !== null && ` until ${formatInstant(endsAt, timeZone, now)}`}
                  {unitAmount === null
                    ? " · no price was agreed here, so invoices are compared with themselves only"
                    : ` · ${unitAmount} each was agreed, in the smallest unit of the currency`}
                </p>
              </div>
              {mayWrite && endsAt === null && (
                <ConfirmButton
                  label={`End ${eventName}`}
                  title={`End ${eventName}?`}
                  confirm="End the meter"
                  onConfirm={() => endMeter.mutate({ id })}
                >
                  No hour after this one is billed by it. Hours before still are, and are still corrected. The
                  meter in Stripe stays as it is.
                </ConfirmButton>
              )}
            </li>
          ))}
        </ul>
      )}
      <AddMeterDialog open={isAdding} onClose={() => setIsAdding(false)} shown={shown} now={now} />
    </Card>
  );
} // prettier-ignore
