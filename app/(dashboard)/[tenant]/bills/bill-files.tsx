"use client";

import { useQuery } from "@tanstack/react-query";
import { FileSpreadsheet } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatDay, formatInstant } from "@/app/_format/dates";
import { formatCompact, plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { useMemberNames } from "../_components/names";
import { useRight, useTenant } from "../_components/tenant-context";
import { LeftOut } from "./left-out";
import { NewFile } from "./new-file";
import { useBillChanges } from "./use-bill-changes";
import { type BillFile, formatNames, providerName } from "./words";

function FileRow({ file, mayWrite }: { file: BillFile; mayWrite: boolean }) {
  const { timeZone } = useTenant();
  const names = useMemberNames();
  const { removeFile } = useBillChanges();
  const { id, fileName, provider, format, amountUsd, firstDay, lastDay, lines, bytes, sha256 } = file;
  const isRemoved = file.removedAt !== null;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <span className="wrap-anywhere">{fileName}</span>
          <Badge>{providerName(provider)}</Badge>
          <Badge>{formatNames[format]}</Badge>
          {isRemoved ? <Badge tone="warn">removed</Badge> : file.isSettled && <Badge tone="good">after the invoice</Badge>}
        </p>
        <p className="figures mt-0.5 text-xs text-ink-muted">
          {formatDay(firstDay)} to {formatDay(lastDay)} · {plural(lines, "line")}
          {amountUsd !== null && (
            <>
              {" "}
              · <Money usd={amountUsd} />
            </>
          )}
        </p>
        <p className="mt-0.5 text-xs wrap-anywhere text-ink-muted">
          Added {formatInstant(file.addedAt, timeZone)} by {names.get(file.addedBy) ?? "somebody who has left"} ·{" "}
          {formatCompact(bytes)} bytes ·{" "}
          <code title={sha256}>SHA-256 {sha256.slice(0, 12)}…</code>
        </p>
        <LeftOut leftOut={file.leftOut} />
      </div>
      {mayWrite && !isRemoved && (
        <ConfirmButton
          label="Remove"
          title={`Remove “${fileName}”?`}
          confirm="Remove the file"
          onConfirm={() => removeFile.mutate({ id })}
        >
          Its days are again what other reads say of them, or not read at all. Months that were signed off with it
          show as open again. Sending the file again brings it back.
        </ConfirmButton>
      )}
    </li>
  );
} // prettier-ignore

/** Bills that came as files, and a place for the next one. */
export function BillFiles() {
  const files = useQuery(useTRPC().bills.files.queryOptions());
  const mayWrite = useRight("calls:import");
  return (
    <Card>
      <CardHeader
        title="Files"
        hint="Cost exports of OpenAI and Anthropic, Anthropic’s usage export, FOCUS files of AWS and Google; CSV, also packed by gzip. Where a connection has read a day, its word goes before a file’s."
      />
      {mayWrite && <NewFile />}
      {files.isError ? (
        <Failure error={files.error} onRetry={() => void files.refetch()} />
      ) : files.data === undefined ? (
        <SkeletonRows rows={2} />
      ) : files.data.files.length === 0 ? (
        <EmptyState icon={FileSpreadsheet} title="No file yet" className="border-t py-8">
          Download the month’s cost export from the provider’s console, and bring it here.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {files.data.files.map((file) => (
            <FileRow key={file.id} file={file} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
    </Card>
  );
}
