"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Dialog } from "@/app/_components/ui/dialog";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstantExactly } from "@/app/_format/dates";
import { formatCount, formatLatency } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { Attempts } from "./attempts";
import { CallFormula } from "./call-formula";
import { Facts } from "./facts";
import { RelatedFacts } from "./related-facts";

type Explained = Outputs["calls"]["show"];

function Details({ call, formula }: Explained) {
  const { timeZone } = useTenant();
  return (
    <>
      <CallFormula call={call} formula={formula} />
      <Facts
        title="Attributed to"
        facts={[
          ["Feature", call.feature ?? <em className="text-ink-muted">unattributed</em>],
          ["User", call.userId],
          ["Account", call.accountId],
          ["Team", call.team],
          ["Environment", call.environment],
          [
            "Prompt",
            call.promptId === null ? null : [call.promptId, call.promptVersion].filter(Boolean).join(" · "),
          ],
          ["Run", call.runId],
        ]}
      />
      <Facts
        title="What happened"
        facts={[
          ["Occurred", formatInstantExactly(call.occurredAt, timeZone)],
          ["Received", formatInstantExactly(call.receivedAt, timeZone)],
          ["Provider", call.provider],
          ["Model", call.model],
          ["Tokens", `${formatCount(call.inputTokens)} in, ${formatCount(call.outputTokens)} out`],
          ["Kind", call.kind],
          ["Latency", call.latencyMs === null ? null : formatLatency(call.latencyMs)],
          ["Error", call.errorClass],
          ["Attempt", String(call.attempt)],
          ["Billed", call.billed],
          ["Batch", call.batch ? "yes" : null],
          ["Cache", call.cache === "none" ? null : call.cache],
          ["Route", call.route],
          ["Region", call.region],
          ["Tier", call.tier],
          ["Service tier", call.serviceTier],
          ["Provider's request id", call.providerRequestId],
          ["Root request", call.rootRequestId],
          ["Came in by", call.source],
        ]}
      />
      {call.tags !== null && <Facts title="Free tags (not additive)" facts={Object.entries(call.tags)} />}
      {call.rootRequestId !== null && (
        <Attempts rootRequestId={call.rootRequestId} at={call.occurredAt} callId={call.id} />
      )}
      <RelatedFacts id={call.id} />
    </>
  );
}

export function CallDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const call = useQuery(useTRPC().calls.show.queryOptions({ id: id ?? "" }, { enabled: id !== null }));
  return (
    <Dialog
      side
      open={id !== null}
      onClose={onClose}
      title={
        <span className="flex items-center gap-3">
          <span className="truncate font-mono text-sm font-medium">{id}</span>
          {id !== null && <CopyButton text={id} label="Copy id" />}
        </span>
      }
    >
      {call.isError ? (
        <Failure error={call.error} onRetry={() => void call.refetch()} />
      ) : call.data ? (
        <Details {...call.data} />
      ) : (
        <SkeletonRows rows={10} className="px-0" />
      )}
    </Dialog>
  );
}
