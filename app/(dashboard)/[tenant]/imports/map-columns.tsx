"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { ZoneField } from "@/app/_components/forms/zone-field";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { Field, Input } from "@/app/_components/ui/field";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { errorSentence } from "@/app/_format/errors";
import { formatCompact } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { ImportMapping } from "@/server/imports/schemas";
import { useTenant } from "../_components/tenant-context";
import { ColumnFields } from "./column-fields";
import { DryRun } from "./dry-run";
import { setForAll } from "./draft-mapping";

/** Fields that a file often leaves out because they are the same for all its rows. */
const constants = [
  ["provider", "Provider"],
  ["model", "Model"],
  ["feature", "Feature"],
  ["team", "Team"],
  ["environment", "Environment"],
] as const;

interface MapColumnsProps {
  uploadId: string;
  now: string;
  onCancel: () => void;
}

export function MapColumns({ uploadId, now, onCancel }: MapColumnsProps) {
  const { slug } = useTenant();
  const router = useRouter();
  const trpc = useTRPC();
  const [draft, setDraft] = useState<ImportMapping | null>(null);
  const preview = useQuery(
    trpc.imports.preview.queryOptions(
      { uploadId, mapping: draft ?? undefined },
      { placeholderData: keepPreviousData, staleTime: Infinity },
    ),
  );
  const start = useMutation(
    trpc.imports.start.mutationOptions({ onSuccess: ({ id }) => router.push(`/${slug}/imports/${id}`) }),
  );
  if (preview.data === undefined) {
    return (
      <Card>
        {preview.isError ? (
          <Failure error={preview.error} onRetry={() => void preview.refetch()} />
        ) : (
          <SkeletonRows rows={8} />
        )}
      </Card>
    );
  }
  const { fileName, bytes, columns, assessment } = preview.data;
  const mapping: ImportMapping = draft ?? preview.data.mapping;
  const isReady =
    assessment !== null && assessment.good > 0 && !preview.isPlaceholderData && !preview.isError;

  return (
    <Card>
      <CardHeader
        title={fileName}
        hint={`${formatCompact(bytes)} bytes, ${String(columns.length)} columns. Say what they are.`}
      >
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          variant="primary"
          disabled={!isReady || start.isPending || start.isSuccess}
          onClick={() => start.mutate({ uploadId, mapping })}
        >
          {start.isPending ? "Starting …" : "Import the file"}
        </Button>
      </CardHeader>
      <div className="grid gap-6 border-t px-4 py-5 sm:px-5 lg:grid-cols-2">
        <ColumnFields columns={columns} mapping={mapping} onChange={setDraft} />
        <div className="space-y-4">
          <h3 className="text-xs font-medium text-ink-muted">For rows that do not say</h3>
          <div className="grid grid-cols-2 gap-3">
            {constants.map(([field, label]) => (
              <Field key={field} label={label}>
                {(ids) => (
                  <Input
                    {...ids}
                    maxLength={200}
                    defaultValue={mapping.set[field] ?? ""}
                    onBlur={(event) => {
                      const next = setForAll(mapping, field, event.target.value);
                      if (next.set[field] !== mapping.set[field]) setDraft(next);
                    }}
                  />
                )}
              </Field>
            ))}
          </div>
          <ZoneField
            label="Zone of times without an offset"
            hint="Times that carry an offset of their own keep it."
            value={mapping.zone}
            onChange={(zone) => setDraft({ ...mapping, zone })}
            now={new Date(now)}
          />
        </div>
      </div>
      {start.isError && (
        <Callout tone="bad" className="mx-4 mb-4 sm:mx-5">
          {errorSentence(start.error)}
        </Callout>
      )}
      <div className={cn("border-t", preview.isPlaceholderData && "opacity-60 transition-opacity")}>
        {preview.isError ? (
          <Failure error={preview.error} className="py-8" />
        ) : assessment === null ? (
          <Callout tone="warn" className="m-4 sm:m-5">
            Choose the column that tells when the call occurred; then the first rows are shown here as the
            ledger would store them.
          </Callout>
        ) : (
          <DryRun assessment={assessment} now={new Date(now)} />
        )}
      </div>
    </Card>
  );
}
