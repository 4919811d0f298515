"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { Segmented } from "@/app/_components/ui/segmented";
import { useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../_components/page-header";
import { KeptOut } from "./kept-out";
import { KeptOutCount } from "./kept-out-count";
import { LedgerCalls } from "./ledger-calls";
import { callsParams } from "./search-params";
import { TopCalls } from "./top-calls";

/** The ledger's calls in either order, the dearest of the last hours, what came late, and what did not get in. */
export function Calls({ now }: { now: string }) {
  const [params, setParams] = useQueryStates(callsParams, { history: "push" });
  const keptOut = useQuery(useTRPC().calls.quarantineCount.queryOptions());
  const { show, order, window } = params;
  const tabs = [
    { value: "newest", label: "Newest" },
    { value: "dearest", label: "Dearest" },
    { value: "top", label: "Top 100", title: "The dearest calls of the last hours, and those far out" },
    { value: "late", label: "Late", title: "Calls that came in after the figures of their hour were final" },
    { value: "kept-out", label: <KeptOutCount kept={keptOut.data} /> },
  ] as const;
  return (
    <>
      <PageHeader title="Calls" hint="Every attempt at a model or tool, with the price it was booked at.">
        <Segmented
          label="Show"
          value={show ?? order}
          options={tabs}
          onChange={(value) =>
            void setParams(
              value === "newest" || value === "dearest" ? { show: null, order: value } : { show: value },
            )
          }
        />
      </PageHeader>
      {show === "kept-out" ? (
        <KeptOut now={now} />
      ) : show === "top" ? (
        <TopCalls window={window} onWindow={(chosen) => void setParams({ window: chosen })} />
      ) : (
        <LedgerCalls order={order} late={show === "late"} />
      )}
    </>
  );
}
