"use client";

import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { useRight } from "../../_components/tenant-context";
import { live } from "../../_reports/live";
import type { BudgetRow } from "../budgets";
import { concludeGate } from "./conclude-gate";
import { NobodyAsks } from "./nobody-asks";
import { consequenceOf, settingNames } from "./setting-words";
import { SettingsDialog } from "./settings-dialog";

interface GateCardProps {
  /** Undefined: still loading. */
  budgets: readonly BudgetRow[] | undefined;
  baseUrl: string;
}

/** How the gate treats the apps that ask it; and, while none does, how one begins. */
export function GateCard({ budgets, baseUrl }: GateCardProps) {
  const mayWrite = useRight("budgets:write");
  const trpc = useTRPC();
  const settings = useQuery(trpc.gate.settings.queryOptions());
  const balances = useQuery(trpc.gate.balances.queryOptions(undefined, live));
  const [opening, setOpening] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const open = () => {
    setOpening(opening + 1);
    setIsOpen(true);
  };
  return (
    <Card>
      <CardHeader title="The gate" hint={budgets && concludeGate(budgets.map(({ budget }) => budget))}>
        {mayWrite && settings.data && (
          <Button onClick={open}>
            <SlidersHorizontal /> Gate settings
          </Button>
        )}
      </CardHeader>
      {settings.isError ? (
        <Failure error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data === undefined ? (
        <SkeletonRows rows={5} />
      ) : (
        <>
          <ul className="divide-y border-t text-sm">
            {settingNames.map((name) => (
              <li key={name} className="px-4 py-2 sm:px-5">
                {consequenceOf(name, settings.data)}
              </li>
            ))}
            <li className="px-4 py-2 text-ink-muted sm:px-5">
              What a call reserved and never settled is given back after two minutes, or after the time that
              its app asked for.
            </li>
          </ul>
          {balances.isError && (
            <Failure error={balances.error} onRetry={() => void balances.refetch()} className="border-t" />
          )}
          {balances.data?.length === 0 && <NobodyAsks baseUrl={baseUrl} />}
          <SettingsDialog
            key={opening}
            open={isOpen}
            settings={settings.data}
            onClose={() => setIsOpen(false)}
          />
        </>
      )}
    </Card>
  );
}
