"use client";

import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Link } from "@/app/_components/ui/link";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { plural } from "@/app/_format/quantities";
import { useQuery } from "@tanstack/react-query";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { live } from "../../_reports/live";
import { TrackTeaches } from "./track-teaches";

type Side = Outputs["reports"]["unmatchedFeatures"]["onlyEvents"];
type UnmatchedName = Side["names"][number];

function NameRow({ name, other }: { name: UnmatchedName; other: string }) {
  const { feature, calls, events, costUsd, unpricedCalls, twin } = name;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t px-4 py-2.5 first:border-t-0 sm:px-5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-sm font-medium wrap-anywhere">{feature}</p>
        <p className="text-xs text-ink-muted">
          {calls > 0 ? (
            <>
              {plural(calls, "call")} for <Money usd={costUsd} />
              {unpricedCalls > 0 && `, ${plural(unpricedCalls, "call")} unpriced`}, no usage event
            </>
          ) : (
            `${plural(events, "usage event")}, no call`
          )}
        </p>
      </div>
      {twin !== null && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span className="wrap-anywhere text-ink-muted">
            likely <b className="font-medium text-ink">{twin}</b> {other}
          </span>
          <CopyButton text={twin} label={`Copy ${twin}`} />
        </div>
      )}
    </li>
  );
}

/** Names with a twin first: they are what somebody can do something about. */
const twinsFirst = ({ names }: Side) =>
  [...names].sort((one, other) => Number(other.twin !== null) - Number(one.twin !== null));

function SideList({ title, hint, side, other }: { title: string; hint: string; side: Side; other: string }) {
  if (side.names.length === 0) return null;
  return (
    <div className="border-t">
      <div className="px-4 pt-3 pb-2 sm:px-5">
        <h3 className="text-sm font-medium">{title}</h3>
        <p className="text-xs text-ink-muted">{hint}</p>
      </div>
      <ul className="border-t" aria-label={title}>
        {twinsFirst(side).map((name) => (
          <NameRow key={name.feature} name={name} other={other} />
        ))}
      </ul>
      {side.more > 0 && (
        <p className="border-t px-4 py-2.5 text-xs text-ink-muted sm:px-5">
          and {plural(side.more, "name")} more, seen less often
        </p>
      )}
    </div>
  );
}

/** Features that calls and usage events spell differently: their cost is joined to no use, their use to no cost. */
export function UnmatchedCard({ baseUrl }: { baseUrl: string }) {
  const { slug } = useTenant();
  const mayAttribute = useRight("attribution:write");
  const query = useQuery(useTRPC().reports.unmatchedFeatures.queryOptions(undefined, live));
  const found = query.data;
  const isClean = found?.hasEvents && found.onlyEvents.names.length + found.onlyCalls.names.length === 0;
  return (
    <Card>
      <CardHeader
        title="Names that do not match"
        hint="Cost meets use by the feature's name. What only calls or only usage events know, in the last 90 days."
      >
        {mayAttribute && (
          <Link
            href={`/${slug}/attribution/rules`}
            className="text-sm text-accent underline underline-offset-2 hover:text-ink"
          >
            Rename by a rule
          </Link>
        )}
      </CardHeader>
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <SkeletonRows rows={3} />}
      {isClean && (
        <p className="border-t px-4 py-4 text-sm text-ink-muted sm:px-5">
          Every feature with calls has usage events, and the other way round.
        </p>
      )}
      {found && !found.hasEvents && <TrackTeaches baseUrl={baseUrl} />}
      {found && (
        <>
          <SideList
            title="Used, never called"
            hint="A feature without a model is fine here. One with a twin is spelled differently: send the copied name with its events."
            side={found.onlyEvents}
            other="of the calls"
          />
          <SideList
            title="Called, never used"
            hint="Jobs that nobody uses by hand are fine here. For a feature of people, tell its use under this name."
            side={found.onlyCalls}
            other="of the events"
          />
        </>
      )}
    </Card>
  );
}
