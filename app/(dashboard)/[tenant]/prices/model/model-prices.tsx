"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import { PriceStepsChart } from "@/app/_components/charts/price-steps-chart";
import { preparePriceSteps } from "@/app/_components/charts/prepare-price-steps";
import { Failure } from "@/app/_components/failure";
import { Button, ButtonLink } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Segmented } from "@/app/_components/ui/segmented";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../../_components/page-header";
import { useRight, useTenant } from "../../_components/tenant-context";
import { AddContract } from "./add-contract";
import { AddDiscount } from "../add-discount";
import { SaidPrices } from "./said-prices";
import { Stretches } from "./stretches";

type Scope = Outputs["prices"]["model"]["scopes"][number];

const scopeName = ({ feature, region }: Scope) =>
  [feature, region].filter((part) => part !== null).join(", ") || "All calls";

function ThroughTime({ scopes, now }: { scopes: readonly Scope[]; now: Date }) {
  const { timeZone } = useTenant();
  const [name, setName] = useState("All calls");
  const scope = scopes.find((one) => scopeName(one) === name) ?? scopes[0];
  const days = useMemo(
    () => preparePriceSteps(scope?.stretches ?? [], now, timeZone),
    [scope, now, timeZone],
  );
  if (!scope) return null;
  return (
    <Card>
      <CardHeader
        title="Through time"
        hint="USD for a million tokens at the standard service, discounts included."
      >
        {scopes.length > 1 && (
          <Segmented
            label="Calls of"
            value={scopeName(scope)}
            options={scopes.map((one) => ({ value: scopeName(one), label: scopeName(one) }))}
            onChange={setName}
          />
        )}
      </CardHeader>
      <PriceStepsChart days={days} className="h-56 px-3 pb-2 sm:px-4" />
      <Stretches stretches={scope.stretches} />
    </Card>
  );
}

export function ModelPrices({
  provider,
  model,
  now: nowText,
}: {
  provider: string;
  model: string;
  now: string;
}) {
  const { slug } = useTenant();
  const mayWrite = useRight("prices:write");
  const [dialog, setDialog] = useState<"contract" | "discount" | null>(null);
  const [hasChanged, setHasChanged] = useState(false);
  const prices = useQuery(useTRPC().prices.model.queryOptions({ provider, model }));
  const now = useMemo(() => new Date(nowText), [nowText]);
  const repricing = `/${slug}/prices/repricing?${new URLSearchParams({ provider, model }).toString()}`;
  const close = (changed: boolean) => {
    setDialog(null);
    if (changed) setHasChanged(true);
  };
  return (
    <>
      <p className="mb-2 text-xs text-ink-muted">
        <Link href={`/${slug}/prices`} className="hover:underline">
          Prices
        </Link>
      </p>
      <PageHeader
        title={model}
        hint={
          prices.data?.listedAs
            ? `${provider === "" ? "No provider named" : provider} · listed as ${prices.data.listedAs.provider} / ${prices.data.listedAs.model}`
            : `${provider === "" ? "No provider named" : provider} · in no price list`
        }
      >
        {mayWrite && (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setDialog("discount")}>Add a discount</Button>
            <Button variant="primary" onClick={() => setDialog("contract")}>
              Add contract rates
            </Button>
          </div>
        )}
      </PageHeader>
      {hasChanged && (
        <Callout
          className="mb-4"
          action={
            <ButtonLink size="sm" href={repricing}>
              See what would change
            </ButtonLink>
          }
        >
          The price holds for calls from now on. Calls already in the ledger keep theirs until they are priced
          anew.
        </Callout>
      )}
      {prices.isError ? (
        <Failure error={prices.error} onRetry={() => void prices.refetch()} />
      ) : prices.data === undefined ? (
        <Card>
          <SkeletonRows rows={8} />
        </Card>
      ) : (
        <div className="space-y-4">
          <ThroughTime scopes={prices.data.scopes} now={now} />
          <SaidPrices said={prices.data.said} onChanged={() => setHasChanged(true)} />
        </div>
      )}
      {mayWrite && (
        <>
          <AddContract
            open={dialog === "contract"}
            onClose={close}
            provider={provider}
            model={model}
            now={now}
          />
          <AddDiscount
            open={dialog === "discount"}
            onClose={close}
            provider={provider}
            model={model}
            now={now}
          />
        </>
      )}
    </>
  );
}
