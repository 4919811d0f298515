"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { formatDate } from "@/app/_format/dates";
import { formatTotal, toGeometry } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { modelHref } from "./layers";

type Notice = Outputs["prices"]["notices"]["notices"][number];

const mostFeatures = 3;

function featuresOf({ features }: Notice): string {
  const named = features.slice(0, mostFeatures).map((feature) => feature ?? "no feature");
  const more = features.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${plural(more, "more", "more")}` : ""}`;
}

function Change({ notice }: { notice: Notice }) {
  const { slug, timeZone } = useTenant();
  const isDearer = toGeometry(notice.deltaUsd) > 0;
  const models = [...new Map(notice.lines.map((line) => [`${line.provider} ${line.model}`, line])).values()];
  return (
    <li className="flex items-start gap-3 px-4 py-3 sm:px-5">
      <CalendarClock
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${isDearer ? "text-warn" : "text-good"}`}
      />
      <div className="min-w-0 flex-1 text-sm">
        <p>
          On <strong className="font-medium">{formatDate(notice.at, timeZone)}</strong> your bill moves by{" "}
          <strong className={`figures font-semibold ${isDearer ? "text-warn" : "text-good"}`}>
            {isDearer ? "+" : ""}
            {formatTotal(notice.deltaUsd)} a month
          </strong>{" "}
          ({featuresOf(notice)}).
        </p>
        <p className="mt-0.5 text-xs text-ink-muted">
          {models.slice(0, 4).map((line, at) => (
            <span key={`${line.provider} ${line.model}`}>
              {at > 0 && " · "}
              <Link href={modelHref(slug, line)} className="hover:underline">
                {line.model}
              </Link>
            </span>
          ))}
          {models.length > 4 && ` · ${plural(models.length - 4, "more", "more")}`}
          {notice.losesPrice > 0 && ` · ${plural(notice.losesPrice, "call")} a month would have no price`}
          {notice.gainsPrice > 0 && ` · ${plural(notice.gainsPrice, "call")} a month would be priced`}
        </p>
      </div>
    </li>
  );
}

/** What is announced to become dearer or cheaper. Nothing at all when nothing is. */
export function Notices() {
  const answer = useQuery(useTRPC().prices.notices.queryOptions());
  if (!answer.data || answer.data.notices.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Coming changes"
        hint={`If the next month is like the last ${plural(answer.data.usageDays, "day")}; at standard rates, so an estimate. Looks ${plural(answer.data.noticeDays, "day")} ahead.`}
      />
      <ul className="divide-y border-t">
        {answer.data.notices.map((notice) => (
          <Change key={notice.at} notice={notice} />
        ))}
      </ul>
    </Card>
  );
}
