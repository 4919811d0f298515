"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { Link } from "@/app/_components/ui/link";
import { Money } from "@/app/_components/money";
import { Callout } from "@/app/_components/ui/callout";
import { shareOf } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../_components/tenant-context";
import { Explain } from "../_explain/explain";
import { live } from "../_reports/live";
import { useScope } from "../_scope/use-scope";
import { callsHref } from "../calls/search-params";
import { untaggedQuestion } from "./questions";
import { windowScope, windowsShown } from "./windows";

const month = windowsShown[1];
/** More than this without a feature makes every breakdown doubtful. */
const doubtfulShare = 0.05;
const linkLook = "font-medium text-accent underline underline-offset-2";

/** What of the last 30 days nobody can be asked about. Nothing where all of it bears a feature. */
export function UntaggedNote({ total }: { total: Outputs["reports"]["windows"]["total"] | undefined }) {
  const { slug } = useTenant();
  const mayTag = useRight("attribution:read");
  const { scope, now } = useScope();
  const { data } = useQuery(
    useTRPC().reports.windows.queryOptions(untaggedQuestion(scope) ?? skipToken, live),
  );
  if (!data || !total || untaggedQuestion(scope) === null || data.total.last30.calls === 0) return null;
  const { calls, costUsd, unpricedCalls } = data.total.last30;
  const share = shareOf(costUsd, total.last30.costUsd);
  const { report } = windowScope(month, scope, now);
  return (
    <Callout tone={share !== null && share > doubtfulShare ? "warn" : "info"}>
      <Explain figure="costUsd" scope={report} group={{ by: "feature", key: null }}>
        {calls === unpricedCalls ? (
          <span className="text-warn">What has no price</span>
        ) : (
          <Money usd={costUsd} className="font-semibold" />
        )}
      </Explain>{" "}
      of the last 30 days bears no feature{share !== null && <>, {formatShare(share)} of the cost</>}:{" "}
      <Link
        href={callsHref(slug, {
          range: month.range,
          parts: [
            ...scope.parts.filter(({ tag }) => tag !== "feature"),
            { tag: "feature", operator: "is", value: null },
          ],
          order: "dearest",
        })}
        className={linkLook}
      >
        {plural(calls, "unattributed call")}
      </Link>
      {unpricedCalls > 0 && <>, {formatCount(unpricedCalls)} of them unpriced</>}.{" "}
      {mayTag && (
        <Link href={`/${slug}/attribution`} className={linkLook}>
          See where they come from
        </Link>
      )}
    </Callout>
  );
}
