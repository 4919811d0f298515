"use client";

import { Badge } from "@/app/_components/ui/badge";
import { cn } from "@/app/_components/ui/class-names";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { keptOutReason, keptOutSentence, type Window } from "./kept-out-reasons";

type KeptOutCall = Outputs["calls"]["quarantine"]["calls"][number];

const head = "px-3 py-2 font-medium first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";
const cell = "px-3 py-2 align-top first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";

interface KeptOutTableProps {
  rows: readonly KeptOutCall[];
  window: Window;
  now: Date;
  onOpen: (id: string) => void;
}

/** A table at the desk; on a phone each row folds into a few lines. */
export function KeptOutTable({ rows, window, now, onOpen }: KeptOutTableProps) {
  const { timeZone } = useTenant();
  const labelOf = ({ code }: KeptOutCall) => keptOutReason(code, window)?.label ?? code;
  return (
    <>
      <table className="figures hidden w-full table-fixed text-sm md:table">
        <thead className="border-b text-left text-2xs text-ink-faint">
          <tr>
            <th scope="col" className={cn(head, "w-36")}>
              Received
            </th>
            <th scope="col" className={cn(head, "w-[22%]")}>
              Id
            </th>
            <th scope="col" className={head}>
              Reason
            </th>
            <th scope="col" className={cn(head, "w-28")}>
              Field
            </th>
            <th scope="col" className={cn(head, "w-24")}>
              Source
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
                title={formatInstantExactly(call.receivedAt, timeZone)}
              >
                <button type="button" className="rounded-sm" aria-label={`Open kept out call ${call.callId}`}>
                  {formatInstant(call.receivedAt, timeZone, now)}
                </button>
              </td>
              <td className={cn(cell, "truncate font-mono text-xs leading-5")} title={call.callId}>
                {call.callId}
              </td>
              <td className={cell}>
                <Badge tone="warn">{labelOf(call)}</Badge>
                <p className="mt-1 text-xs text-ink-muted">{keptOutSentence(call)}</p>
              </td>
              <td className={cn(cell, "truncate text-ink-muted")}>{call.field ?? "–"}</td>
              <td className={cn(cell, "truncate text-ink-muted")}>{call.source}</td>
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
                <span className="truncate font-mono text-xs">{call.callId}</span>
                <Badge tone="warn">{labelOf(call)}</Badge>
              </span>
              <span className="mt-1 block text-xs text-ink-muted">{keptOutSentence(call)}</span>
              <span className="mt-1 block text-xs text-ink-faint">
                {formatInstant(call.receivedAt, timeZone, now)} · {call.source}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
