"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { errorSentence } from "@/app/_format/errors";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight } from "../../../_components/tenant-context";
import { Delta } from "../delta";
import { deltaCsv } from "./delta-csv";
import type { DeltaRow } from "./delta-table";

type Run = Outputs["repricing"]["show"];

function download(rows: readonly DeltaRow[], day: string): void {
  const url = URL.createObjectURL(new Blob([deltaCsv(rows)], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `repricing-${day}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}

/** What can be done with a run as it is now, by whom this is. */
export function RunActions({ run, rows, now }: { run: Run; rows: readonly DeltaRow[]; now: string }) {
  const mayApprove = useRight("repricing:approve");
  const mayDiscard = useRight("prices:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const outcome = (done: string) => ({
    onSuccess: () => void toast.success(done),
    onError: (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error)),
    onSettled: async () => {
      await queries.invalidateQueries(trpc.repricing.show.queryFilter({ id: run.id }));
      await queries.invalidateQueries(trpc.repricing.list.queryFilter());
    },
  });
  const approve = useMutation(
    trpc.repricing.approve.mutationOptions(outcome("Approved. It is being applied.")),
  );
  const discard = useMutation(
    trpc.repricing.discard.mutationOptions(outcome("Discarded. Nothing was changed.")),
  );
  const retry = useMutation(trpc.repricing.retry.mutationOptions(outcome("It goes on where it stopped.")));
  const { preview } = run;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {rows.length > 0 && (
        <Button onClick={() => download(rows, now.slice(0, 10))}>
          <Download />
          CSV
        </Button>
      )}
      {run.state === "failed" && mayApprove && (
        <Button onClick={() => retry.mutate({ id: run.id })}>Go on</Button>
      )}
      {(run.state === "previewed" || run.state === "previewing") && mayDiscard && (
        <ConfirmButton
          label="Discard"
          title="Discard this preview?"
          confirm="Discard"
          onConfirm={() => discard.mutate({ id: run.id })}
        >
          Nothing has been changed. You can ask for another preview at any time.
        </ConfirmButton>
      )}
      {run.state === "previewed" && mayApprove && run.callsChanged > 0 && (
        <Button variant="primary" disabled={approve.isPending} onClick={() => setIsAsking(true)}>
          Approve and apply
        </Button>
      )}
      <Dialog
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Price ${plural(run.callsChanged, "call")} anew?`}
        footer={
          <>
            <Button onClick={() => setIsAsking(false)}>Cancel</Button>
            <Button
              variant="primary"
              onClick={() => {
                setIsAsking(false);
                approve.mutate({ id: run.id, callsChanged: run.callsChanged, deltaUsd: run.deltaUsd });
              }}
            >
              Approve and apply
            </Button>
          </>
        }
      >
        <div className="space-y-2 text-sm text-ink-muted">
          <p>
            The ledger changes by <Delta usd={run.deltaUsd} />:{" "}
            {[
              preview.open.calls > 0 &&
                `${plural(preview.open.calls, "call")} of open months get another price`,
              preview.closed.calls > 0 &&
                `${plural(preview.closed.calls, "call")} of closed months are corrected by entries dated today`,
            ]
              .filter(Boolean)
              .join(", and ")}
            .
          </p>
          <p>What calls were before is kept, so every past report can be shown as it was known then.</p>
        </div>
      </Dialog>
    </div>
  );
}
