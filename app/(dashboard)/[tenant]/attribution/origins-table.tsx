"use client";

import { Link } from "@/app/_components/ui/link";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { ButtonLink } from "@/app/_components/ui/button";
import { shareOf, sumUsd } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { PolicyTag } from "@/server/attribution/schemas";
import { useRight, useTenant } from "../_components/tenant-context";
import { callsHref } from "../calls/search-params";
import { callsOfOrigin, conditionOfOrigin, type Origin } from "./origin";
import { newRuleHref } from "./rules/search-params";
import { tagWords } from "./tag-words";

function nameOf({ dimension, value, name, isRest, values }: Origin): string {
  if (isRest) return plural(values, "other");
  if (dimension === "key") return value === null ? "no key" : (name ?? value);
  return value === null || value === "" ? "no model" : value;
}

function Name({ row, href }: { row: Origin; href: string | null }) {
  const { dimension, kind, value, name, isRest } = row;
  const text = nameOf(row);
  const isName = !isRest && (dimension === "key" ? name !== null : value !== null && value !== "");
  return (
    <span className="flex min-w-0 items-center gap-2">
      {href === null ? (
        <span className="truncate text-ink-muted italic">{text}</span>
      ) : (
        <Link
          href={href}
          className={`truncate rounded-sm hover:underline hover:underline-offset-2 ${isName ? "" : "text-ink-muted italic"}`}
        >
          {text}
        </Link>
      )}
      {kind !== null && !isRest && <Badge className="hidden sm:inline-flex">{kind}</Badge>}
    </span>
  );
}

interface OriginsTableProps {
  rows: readonly Origin[];
  days: { from: string; to: string };
  tag: PolicyTag;
  dimension: Origin["dimension"];
}

const nouns = { callSite: "Call site", key: "Key", source: "Source" } as const;

export function OriginsTable({ rows, days, tag, dimension }: OriginsTableProps) {
  const { slug } = useTenant();
  const mayWrite = useRight("attribution:write");
  const total = sumUsd(rows.map(({ costUsd }) => costUsd));
  const field = tagWords[tag].settable;
  const head = "px-2 py-2 text-right font-medium";
  return (
    <table className="figures w-full table-fixed border-t text-sm">
      <thead className="text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="py-2 pl-4 text-left font-medium sm:pl-5">
            {nouns[dimension]}
          </th>
          <th scope="col" className={`${head} hidden w-24 sm:table-cell`}>
            Calls
          </th>
          <th scope="col" className={`${head} w-24`}>
            Cost
          </th>
          <th scope="col" className={`${head} w-18 pr-4 sm:pr-2`}>
            Share
          </th>
          {mayWrite && field !== null && (
            <th scope="col" className="hidden w-32 pr-5 md:table-cell">
              <span className="sr-only">Rule</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className="divide-y border-t">
        {rows.map((row) => {
          const calls = callsOfOrigin(row, tag);
          const condition = conditionOfOrigin(row);
          const share = shareOf(row.costUsd, total);
          return (
            <tr
              key={`${row.kind ?? ""} ${row.value ?? ""} ${String(row.isRest)}`}
              className="hover:bg-sunken/60"
            >
              <td className="py-2 pl-4 sm:pl-5">
                <Name
                  row={row}
                  href={calls && callsHref(slug, { parts: calls, ...days, order: "dearest" })}
                />
              </td>
              <td className="hidden px-2 py-2 text-right text-ink-muted sm:table-cell">
                {formatCount(row.calls)}
              </td>
              <td className="px-2 py-2 text-right whitespace-nowrap">
                {row.unpricedCalls > 0 && (
                  <span className="mr-1 text-warn" title={`+ ${plural(row.unpricedCalls, "call")} unpriced`}>
                    +
                  </span>
                )}
                <Money usd={row.costUsd} className="font-medium" />
              </td>
              <td className="py-2 pr-4 pl-2 text-right text-ink-muted sm:pr-2">
                {share === null ? "–" : formatShare(share)}
              </td>
              {mayWrite && field !== null && (
                <td className="hidden py-1 pr-5 text-right md:table-cell">
                  {condition && (
                    <ButtonLink
                      size="sm"
                      variant="ghost"
                      href={newRuleHref(slug, { ...condition, sets: field })}
                      aria-label={`Make a rule for ${nameOf(row)}`}
                    >
                      Make a rule
                    </ButtonLink>
                  )}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
      <caption className="sr-only">
        Calls without {tagWords[tag].one} by {nouns[dimension].toLowerCase()}, dearest first
      </caption>
    </table>
  );
}
