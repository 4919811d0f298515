"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatDay } from "@/app/_format/dates";
import { formatCount, plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { LeftOut } from "./left-out";
import { useBillChanges } from "./use-bill-changes";
import { formatNames, isZero, providerName } from "./words";

type Preview = Outputs["bills"]["previewFile"];
const modelsShown = 8;

function Faults({ faults, faultCount }: Pick<Preview, "faults" | "faultCount">) {
  return (
    <Callout tone="bad">
      <p>
        {plural(faultCount, "row")} cannot be read. A bill in part would be another bill, so nothing of it is kept.
      </p>
      <ul className="mt-1.5 space-y-0.5 text-xs">
        {faults.map(({ line, column, message }) => (
          <li key={`${String(line)} ${column}`}>
            <span className="figures">line {formatCount(line)}</span>: {column !== "" && <code>{column}</code>} {message}
          </li>
        ))}
      </ul>
    </Callout>
  );
} // prettier-ignore

function Models({ models }: Pick<Preview, "models">) {
  return (
    <ul className="figures grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
      {models.slice(0, modelsShown).map(({ model, isKnown, usd }) => (
        <li key={model} className="flex items-baseline justify-between gap-3">
          <span className="min-w-0 truncate" title={model}>
            {model}
            {!isKnown && (
              <>
                {" "}
                <Badge tone="warn">not in the price book</Badge>
              </>
            )}
          </span>
          <Money usd={usd} />
        </li>
      ))}
      {models.length > modelsShown && (
        <li className="text-xs text-ink-muted">and {plural(models.length - modelsShown, "model")} more</li>
      )}
    </ul>
  );
}

/** What a bill says, before it counts. */
export function FilePreview({ uploadId, onDone }: { uploadId: string; onDone: () => void }) {
  const preview = useQuery(useTRPC().bills.previewFile.queryOptions({ uploadId }, { staleTime: Infinity, retry: false })); // prettier-ignore
  const { addFile } = useBillChanges();
  const [isInvoiced, setIsInvoiced] = useState(false);
  if (preview.isError)
    return (
      <div className="border-t pb-4 text-center">
        <Failure error={preview.error} className="py-6" />
        <Button onClick={onDone}>Choose another file</Button>
      </div>
    );
  if (!preview.data) return <SkeletonRows rows={4} />;
  const { data } = preview;
  const { amountUsd, taxUsd, creditUsd, otherUsd, known } = data;
  return (
    <div className="space-y-3 border-t px-4 py-4 sm:px-5">
      <div>
        <h3 className="text-sm font-semibold wrap-anywhere">{data.fileName}</h3>
        <p className="figures mt-0.5 text-sm text-ink-muted">
          {formatNames[data.format]}
          {data.firstDay !== "" && ` of ${providerName(data.provider)}, ${formatDay(data.firstDay)} to ${formatDay(data.lastDay)}, ${plural(data.days, "day")} with charges, ${plural(data.lines, "line")}`}
          {amountUsd === null ? ". Tokens without amounts: it explains a cost export, and is no bill alone." : (
            <>
              , <Money usd={amountUsd} className="font-medium text-ink" /> in USD
            </>
          )}
        </p>
        <p className="figures mt-0.5 text-xs text-ink-muted">
          {!isZero(taxUsd) && <>Taxes <Money usd={taxUsd} />. </>}
          {!isZero(creditUsd) && <>Credits <Money usd={creditUsd} />. </>}
          {!isZero(otherUsd) && <>Without a model <Money usd={otherUsd} />.</>}
        </p>
        <LeftOut leftOut={data.leftOut} />
      </div>
      <Models models={data.models} />
      {data.faultCount > 0 && <Faults faults={data.faults} faultCount={data.faultCount} />}
      {known && (
        <Callout>
          {known.isRemoved
            ? "This file was removed before. Adding it brings it back."
            : "This file is here already. Adding it again doubles nothing: it says that the provider still says so."}
        </Callout>
      )}
      {data.connectedDays > 0 && (
        <Callout tone="warn">
          A connection has read {plural(data.connectedDays, "day")} of it. What it says goes before this file.
        </Callout>
      )}
      {data.kind === "cost" && !data.isInvoiced && (
        <label className="flex items-start gap-2 text-sm">
          <input type="checkbox" className="mt-1" checked={isInvoiced} onChange={({ target }) => setIsInvoiced(target.checked)} />
          <span>
            The provider has sent the invoice for these days
            <span className="block text-xs text-ink-muted">
              They count as final. Otherwise they are provisional until the file is sent again a day later and says the same.
            </span>
          </span>
        </label>
      )}
      {data.isInvoiced && <p className="text-xs text-ink-muted">Every charge bears the number of an invoice ({data.invoiceNos.join(", ")}): its days are final.</p>}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          disabled={data.faultCount > 0 || addFile.isPending}
          onClick={() => addFile.mutate({ uploadId, isInvoiced }, { onSuccess: onDone })}
        >
          {addFile.isPending ? "Adding …" : "Add the bill"}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  );
} // prettier-ignore
