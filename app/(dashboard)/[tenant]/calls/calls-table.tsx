"use client";

import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { cn } from "@/app/_components/ui/class-names";
import { formatDelay, formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { formatCompact, formatCount, formatLatency } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { PriceBadge } from "./price-badge";

type CallRow = Outputs["calls"]["list"]["calls"][number];

function Tag({ value }: { value: string | null }) {
  return value === null || value === "" ? (
    <span className="text-ink-faint">–</span>
  ) : (
    <span title={value}>{value}</span>
  );
}

function Cost({ call }: { call: CallRow }) {
  return (
    <span className="inline-flex items-center justify-end gap-1.5">
      {call.priceStatus !== "priced" && <PriceBadge status={call.priceStatus} />}
      {call.costUsd !== null && <Money usd={call.costUsd} unit className="font-medium" />}
    </span>
  );
}

function State({ call, late }: { call: CallRow; late: boolean }) {
  const { timeZone } = useTenant();
  return (
    <>
      {late && (
        <Badge tone="warn" title={`Came in ${formatInstantExactly(call.receivedAt, timeZone)}`}>
          {formatDelay(call.occurredAt, call.receivedAt)} late
        </Badge>
      )}
      {call.errorClass !== null && <Badge tone="bad">{call.errorClass}</Badge>}
      {call.attempt > 1 && <Badge>attempt {call.attempt}</Badge>}
    </>
  );
}

const head = "px-3 py-2 font-medium first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";
const cell = "truncate px-3 py-2 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";

/** A table at the desk; on a phone each row folds into two lines. */
export function CallsTable({
  rows,
  now,
  late = false,
  onOpen,
}: {
  rows: readonly CallRow[];
  now: Date;
  /** Says of each how late it came. */
  late?: boolean;
  onOpen: (id: string) => void;
}) {
  const { timeZone } = useTenant();
  return (
    <>
      <table className="figures hidden w-full table-fixed text-sm md:table">
        <thead className="border-b text-left text-2xs text-ink-faint">
          <tr>
            <th scope="col" className={cn(head, "w-36")}>
              Time
            </th>
            <th scope="col" className={cn(head, "xl:w-[23%]")}>
              Feature
            </th>
            <th scope="col" className={head}>
              Model
            </th>
            <th scope="col" className={cn(head, "hidden xl:table-cell")}>
              User
            </th>
            <th scope="col" className={cn(head, "w-34 text-right")}>
              Tokens in / out
            </th>
            <th scope="col" className={cn(head, "hidden w-22 text-right 2xl:table-cell")}>
              Latency
            </th>
            <th scope="col" className={cn(head, "w-50 text-right")}>
              Cost
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {rows.map((call) => (
            <tr
              key={call.id}
              onClick={() => onOpen(call.id)}
              className="cursor-pointer transition-colors hover:bg-sunken/70"
            >
              <td
                className={cn(cell, "text-ink-muted")}
                title={formatInstantExactly(call.occurredAt, timeZone)}
              >
                <button type="button" className="rounded-sm" aria-label={`Open call ${call.id}`}>
                  {formatInstant(call.occurredAt, timeZone, now)}
                </button>
              </td>
              <td className={cell}>
                <span className="flex items-center gap-2">
                  <span className="truncate font-medium">
                    <Tag value={call.feature} />
                  </span>
                  <State call={call} late={late} />
                </span>
              </td>
              <td className={cell}>
                <Tag value={call.model} />
              </td>
              <td className={cn(cell, "hidden text-ink-muted xl:table-cell")}>
                <Tag value={call.userId} />
              </td>
              <td
                className={cn(cell, "text-right text-ink-muted")}
                title={`${formatCount(call.inputTokens)} in, ${formatCount(call.outputTokens)} out`}
              >
                {formatCompact(call.inputTokens)} / {formatCompact(call.outputTokens)}
              </td>
              <td className={cn(cell, "hidden text-right text-ink-muted 2xl:table-cell")}>
                {call.latencyMs === null ? "–" : formatLatency(call.latencyMs)}
              </td>
              <td className={cn(cell, "text-right")}>
                <Cost call={call} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="figures divide-y md:hidden">
        {rows.map((call) => (
          <li key={call.id}>
            <button
              type="button"
              onClick={() => onOpen(call.id)}
              className="w-full px-4 py-2.5 text-left text-sm active:bg-sunken"
            >
              <span className="flex items-center justify-between gap-3">
                <span className="truncate font-medium">
                  <Tag value={call.feature} />
                </span>
                <Cost call={call} />
              </span>
              <span className="mt-0.5 flex items-center justify-between gap-3 text-xs text-ink-muted">
                <span className="truncate">
                  {call.model === "" ? call.kind : call.model} · {formatCompact(call.inputTokens)} /{" "}
                  {formatCompact(call.outputTokens)}
                </span>
                <span className="flex shrink-0 items-center gap-1.5">
                  <State call={call} late={late} />
                  {formatInstant(call.occurredAt, timeZone, now)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
