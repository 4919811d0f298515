"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { ButtonLink } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Dialog } from "@/app/_components/ui/dialog";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstantExactly } from "@/app/_format/dates";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { Facts } from "./facts";
import { keptOutReason, keptOutSentence, type Window } from "./kept-out-reasons";

type KeptOutCall = Outputs["calls"]["quarantined"];

function NextStep({ call }: { call: KeptOutCall }) {
  const { slug, rights } = useTenant();
  if (call.code === "CONFLICT")
    return (
      <ButtonLink size="sm" href={`/${slug}/calls?call=${encodeURIComponent(call.callId)}`}>
        Open the call that is in the ledger
      </ButtonLink>
    );
  if (call.code === "TOO_OLD" && rights.includes("calls:import"))
    return (
      <ButtonLink size="sm" href={`/${slug}/imports`}>
        Import it
      </ButtonLink>
    );
  return null;
}

function Details({ call, window }: { call: KeptOutCall; window: Window }) {
  const { timeZone } = useTenant();
  const reason = keptOutReason(call.code, window);
  return (
    <>
      <Callout tone="warn">
        <p>{keptOutSentence(call)}</p>
        {reason && <p className="mt-1.5 text-ink-muted">{reason.advice}</p>}
      </Callout>
      <div className="mt-3 empty:hidden">
        <NextStep call={call} />
      </div>
      <Facts
        title="What happened"
        facts={[
          ["Received", formatInstantExactly(call.receivedAt, timeZone)],
          ["Reason", reason?.label ?? call.code],
          ["Field", call.field],
          ["Came in by", call.source],
        ]}
      />
      <section className="mt-5">
        <header className="mb-2 flex items-center justify-between gap-3">
          <h3 className="text-2xs font-medium text-ink-faint">The call, as it was read</h3>
          <CopyButton text={call.callJson} label="Copy JSON" />
        </header>
        <pre
          tabIndex={0}
          aria-label="The call as JSON"
          className="overflow-x-auto rounded-md border bg-sunken/70 px-4 py-3 font-mono text-xs/5 text-ink"
        >
          <code>{call.callJson}</code>
        </pre>
      </section>
    </>
  );
}

interface KeptOutDrawerProps {
  id: string | null;
  window: Window;
  onClose: () => void;
}

export function KeptOutDrawer({ id, window, onClose }: KeptOutDrawerProps) {
  const call = useQuery(useTRPC().calls.quarantined.queryOptions({ id: id ?? "" }, { enabled: id !== null }));
  return (
    <Dialog
      side
      open={id !== null}
      onClose={onClose}
      title={
        <span className="block truncate font-mono text-sm font-medium">
          {call.data?.callId ?? "Kept out"}
        </span>
      }
    >
      {call.isError ? (
        <Failure error={call.error} onRetry={() => void call.refetch()} />
      ) : call.data ? (
        <Details call={call.data} window={window} />
      ) : (
        <SkeletonRows rows={10} className="px-0" />
      )}
    </Dialog>
  );
}
