"use client";

import { ArrowRight } from "lucide-react";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Link } from "@/app/_components/ui/link";
import { formatTotalChange } from "@/app/_format/money";
import type { SpendFilter } from "@/server/analytics/schemas";
import { useTenant } from "../../_components/tenant-context";
import { WhyButton } from "../../_why/why-button";
import { subjectName } from "../words";
import { whyStretches } from "./around";
import type { IncidentAnswer } from "./incident";
import { callHref, linksOf } from "./links";

interface CausesCardProps {
  incident: IncidentAnswer["incident"];
  /** Null: no report can tell its calls apart. */
  filter: SpendFilter | null;
  now: Date;
}

/** These are not about what calls cost, so there is nothing to be split into causes. */
const withoutCauses = ["silent-source", "unpriced-model", "unattributed-share"];

/** What did it, and where to look further. */
export function CausesCard({ incident, filter, now }: CausesCardProps) {
  const { slug, timeZone } = useTenant();
  const { contributors, callIds } = incident.details;
  const canAsk = filter !== null && !withoutCauses.includes(incident.rule);
  return (
    <Card>
      <CardHeader
        title="What did it"
        hint={
          contributors.length > 0
            ? "The greatest parts of the difference, when it was found."
            : "Nothing was compared when it was found, or no single part stands out."
        }
      >
        {canAsk && (
          <WhyButton
            asked={{ ...whyStretches(incident, now, timeZone), filter }}
            measure={incident.rule === "cost-without-traffic" ? "costPerCall" : "cost"}
            label={`the cost of ${subjectName(incident.subject)}`}
          />
        )}
      </CardHeader>
      {contributors.length > 0 && (
        <ol className="figures divide-y border-t text-sm">
          {contributors.map(({ label, deltaUsd }) => (
            <li key={label} className="flex items-baseline justify-between gap-4 px-4 py-2 sm:px-5">
              <span className="min-w-0 wrap-anywhere">{label}</span>
              <data value={deltaUsd} className="shrink-0">
                {formatTotalChange(deltaUsd)}
              </data>
            </li>
          ))}
        </ol>
      )}
      <ul className="border-t px-4 py-2.5 text-sm sm:px-5">
        {linksOf(slug, incident, filter, timeZone).map(({ label, href }) => (
          <li key={href}>
            <Link
              href={href}
              className="inline-flex items-center gap-1.5 py-0.5 underline-offset-2 hover:underline"
            >
              {label} <ArrowRight aria-hidden className="size-3.5 text-ink-faint" />
            </Link>
          </li>
        ))}
        {callIds.map((id) => (
          <li key={id}>
            <Link
              href={callHref(slug, id)}
              className="inline-flex max-w-full items-center gap-1.5 py-0.5 underline-offset-2 hover:underline"
            >
              <span className="truncate">Call {id}</span>
              <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
