"use client";

import { Fragment } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { Link } from "@/app/_components/ui/link";
import { formatAgo, formatDayLong, formatInstantExactly } from "@/app/_format/dates";
import { useMemberNames } from "../_components/names";
import { useTenant } from "../_components/tenant-context";
import { classWords, type Difference, type Shown, sidesOf } from "./words";

const link = "underline underline-offset-2 hover:text-ink";

interface DifferenceRowProps {
  difference: Difference;
  meter: Pick<Shown["meters"][number], "eventName" | "measure"> | undefined;
  now: Date;
}

/** One difference: what, whose, by how much, why, and what to do. */
export function DifferenceRow({ difference, meter, now }: DifferenceRowProps) {
  const { slug, timeZone } = useTenant();
  const names = useMemberNames();
  const { class: name, day, accountIds, customerId, reason, owner, foundAt } = difference;
  const { label, about, advice } = classWords[name];
  const sides = meter ? sidesOf(meter.measure, difference) : "";
  return (
    <li className="px-4 py-3 text-sm sm:px-5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone="bad" title={about}>
          {label}
        </Badge>
        <span className="font-medium wrap-anywhere">
          {customerId === "" ? "The meter itself" : accountIds.join(", ") || "An account that is mapped to nobody now"}
        </span>
        {customerId !== "" && <code className="text-xs text-ink-muted">{customerId}</code>}
        <span className="text-xs text-ink-muted">
          {formatDayLong(day)} UTC{meter && ` · ${meter.eventName}`}
        </span>
      </p>
      {sides !== "" && <p className="figures mt-1 wrap-anywhere">{sides}</p>}
      <p className="mt-1 wrap-anywhere text-ink-muted">{reason}</p>
      <p className="mt-1 text-xs text-ink-muted">
        {advice}{" "}
        <span title={formatInstantExactly(foundAt, timeZone)}>Found {formatAgo(foundAt, now, timeZone)}.</span>
        {owner !== null && ` Owner: ${names.get(owner) ?? "somebody who has left"}.`}{" "}
        {accountIds.slice(0, 3).map((accountId) => (
          <Fragment key={accountId}>
            <Link href={`/${slug}/stripe?account=${encodeURIComponent(accountId)}`} className={link}>
              Hours of {accountId}
            </Link>{" "}
          </Fragment>
        ))}
        <Link href={`/${slug}/reconciliation?month=${day.slice(0, 7)}`} className={link}>
          Owner and note
        </Link>
      </p>
    </li>
  );
} // prettier-ignore
