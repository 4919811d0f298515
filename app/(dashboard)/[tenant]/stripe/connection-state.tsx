"use client";

import { Badge } from "@/app/_components/ui/badge";
import { Callout } from "@/app/_components/ui/callout";
import { Link } from "@/app/_components/ui/link";
import { formatAgo, formatInstant } from "@/app/_format/dates";
import { useTenant } from "../_components/tenant-context";
import { ModeBadge } from "./mode-badge";
import { failureAdvice, isStale, type Shown } from "./words";

type Connection = Shown["connection"];

/** Live or test, and whether it works: beside the heading of whatever is about the connection. */
export function ConnectionBadges({ connection, now }: { connection: Connection; now: Date }) {
  const { timeZone } = useTenant();
  const { mode, state, comparedAt } = connection;
  return (
    <>
      <ModeBadge mode={mode} />
      <Badge tone={state === "failing" ? "bad" : "good"} dot>
        {state}
      </Badge>
      {isStale(connection, now) && (
        <Badge tone="warn" title="Runs are every ten minutes, comparisons every six hours.">
          {comparedAt === null ? "stale: never compared" : `stale: compared ${formatAgo(comparedAt, now, timeZone)}`}
        </Badge>
      )}
    </>
  );
} // prettier-ignore

/** When it last spoke to Stripe, and when it compared. */
export function lastRunWords({ lastOkAt, comparedAt }: Connection, timeZone: string, now: Date): string {
  return [
    lastOkAt === null ? "Stripe has not answered yet" : `Stripe last answered ${formatAgo(lastOkAt, now, timeZone)}`,
    comparedAt === null ? "compared with the next run" : `last compared ${formatAgo(comparedAt, now, timeZone)}`,
  ].join(" · ");
} // prettier-ignore

/** What is wrong and what to do next; nothing where all is well. */
export function ConnectionTrouble({ connection, now }: { connection: Connection; now: Date }) {
  const { slug, timeZone } = useTenant();
  const { state, failure, notBefore } = connection;
  const waits = notBefore !== null && new Date(notBefore) > now;
  if (state !== "failing" && failure === null && !waits) return null;
  const until = waits ? ` Nothing is sent before ${formatInstant(notBefore, timeZone, now)}.` : "";
  return (
    <Callout tone={state === "failing" ? "bad" : "warn"}>
      {failure ?? "Stripe asked for a pause."}
      {until}{" "}
      {state === "failing" ? (
        <>
          {failureAdvice(failure)} Nothing is lost meanwhile: what is waiting is sent once Stripe takes the key.{" "}
          <Link href={`/${slug}/settings/stripe`} className="underline underline-offset-2">
            Stripe settings
          </Link>
        </>
      ) : (
        "It is tried again by itself."
      )}
    </Callout>
  );
} // prettier-ignore
