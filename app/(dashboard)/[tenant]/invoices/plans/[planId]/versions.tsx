"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { formatInstant } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useMemberNames } from "../../../_components/names";
import { useTenant } from "../../../_components/tenant-context";
import { memberName } from "../../../statements/words";
import { TermsList } from "../terms-list";

type Version = Outputs["invoices"]["plan"]["versions"][number];

function Terms({ id, version }: { id: string; version: number }) {
  const read = useQuery(useTRPC().invoices.plan.queryOptions({ id, version }));
  if (read.isError) return <p className="mt-2 text-sm text-bad">{errorSentence(read.error)}</p>;
  return read.data ? <TermsList terms={read.data.plan.terms} /> : <p className="mt-2 text-sm">Loading …</p>;
}

/** Every version, the newest first: invoices were computed with each of them. */
export function Versions({ id, versions }: { id: string; versions: readonly Version[] }) {
  const { timeZone } = useTenant();
  const names = useMemberNames();
  const [open, setOpen] = useState<number | null>(null);
  return (
    <Card className="mt-5">
      <CardHeader title="Versions" hint="Invoices keep the version that they were computed with." />
      <ol className="divide-y border-t">
        {versions.toSorted((one, other) => other.version - one.version).map(({ version, createdAt, createdBy }) => (
          <li key={version} className="px-4 py-2.5 text-sm sm:px-5">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span>
                Version {version}, {formatInstant(createdAt, timeZone)} by {memberName(names, createdBy)}
              </span>
              <Button size="sm" variant="ghost" aria-expanded={open === version} aria-label={`What version ${String(version)} says`} onClick={() => setOpen(open === version ? null : version)}>
                {open === version ? "Hide" : "What it says"}
              </Button>
            </div>
            {open === version && <Terms id={id} version={version} />}
          </li>
        ))}
      </ol>
    </Card>
  );
} // prettier-ignore
