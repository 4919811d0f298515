"use client";

import { Users } from "lucide-react";
import { useState } from "react";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Input } from "@/app/_components/ui/field";
import { Link } from "@/app/_components/ui/link";
import { formatInstant } from "@/app/_format/dates";
import { formatCount } from "@/app/_format/quantities";
import { useMemberNames } from "../../_components/names";
import { useRight, useTenant } from "../../_components/tenant-context";
import { dashboardHref, type Shown } from "../../stripe/words";
import { useBillingSettings } from "./use-billing-settings";

const pageRows = 50;

/** Whom accounts are billed as. */
export function MappedCard({ shown, now }: { shown: Shown; now: Date }) {
  const { slug, timeZone } = useTenant();
  const names = useMemberNames();
  const mayWrite = useRight("billing:write");
  const { unmap } = useBillingSettings();
  const [sought, setSought] = useState("");
  const [rows, setRows] = useState(pageRows);
  const { mappings, connection } = shown;
  const words = sought.trim().toLowerCase();
  const found = mappings.filter((one) =>
    [one.accountId, one.customerId, one.name].some((text) => text.toLowerCase().includes(words)),
  );
  return (
    <Card>
      <CardHeader title="Accounts and their customers" hint={`${formatCount(mappings.length)} mapped.`}>
        {mappings.length > pageRows && (
          <Input
            type="search"
            aria-label="Find an account or customer"
            placeholder="Find"
            value={sought}
            onChange={(event) => setSought(event.target.value)}
            className="sm:w-48"
          />
        )}
      </CardHeader>
      {mappings.length === 0 ? (
        <EmptyState icon={Users} title="Nobody is billed yet" className="py-8">
          Say above which customer of Stripe’s each account is.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {found.slice(0, rows).map(({ accountId, customerId, name, mappedAt, mappedBy }) => (
            <li key={accountId} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm sm:px-5">
              <div className="min-w-0 flex-1 basis-60">
                <p className="wrap-anywhere">
                  <Link
                    href={`/${slug}/stripe?account=${encodeURIComponent(accountId)}`}
                    className="font-medium hover:underline hover:underline-offset-2"
                  >
                    {accountId}
                  </Link>{" "}
                  <span className="text-ink-muted">is billed as</span> {name}{" "}
                  <a
                    href={dashboardHref(connection.mode, `customers/${customerId}`)}
                    target="_blank"
                    rel="noreferrer"
                    className="font-mono text-xs text-accent underline underline-offset-2"
                  >
                    {customerId}
                  </a>
                </p>
                <p className="text-xs text-ink-muted">
                  since {formatInstant(mappedAt, timeZone, now)}, by {names.get(mappedBy) ?? "somebody who has left"}
                </p>
              </div>
              {mayWrite && (
                <ConfirmButton
                  label={`Unmap ${accountId}`}
                  title={`Bill ${accountId} to nobody?`}
                  confirm="Unmap the account"
                  onConfirm={() => unmap.mutate({ accountId })}
                >
                  Hours to come are billed to nobody, and listed above as waiting. Hours that {name} was billed for
                  stay theirs, and are still corrected.
                </ConfirmButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {found.length > rows && (
        <div className="border-t p-3 text-center">
          <Button size="sm" onClick={() => setRows(rows + 2 * pageRows)}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
} // prettier-ignore
