"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { useMemo, useState } from "react";
import { PriceStepsChart } from "@/app/_components/charts/price-steps-chart";
import { preparePriceSteps } from "@/app/_components/charts/prepare-price-steps";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Segmented } from "@/app/_components/ui/segmented";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../../_components/page-header";
import { useRight, useTenant } from "../../_components/tenant-context";
import { CsvButton } from "../../_export/csv-button";
import { AddDiscount } from "../add-discount";
import type { PriceChange } from "../price-change";
import { PriceChanged } from "../price-changed";
import { AddContract } from "./add-contract";
import { SaidPrices } from "./said-prices";
import { Stretches } from "./stretches";

type Scope = Outputs["prices"]["model"]["scopes"][number];

const scopeName = ({ feature, region }: Scope) =>
  [feature, region].filter((part) => part !== null).join(", ") || "All calls";

interface ThroughTimeProps {
  model: { provider: string; model: string };
  scopes: readonly Scope[];
  now: Date;
}

function ThroughTime({ model, scopes, now }: ThroughTimeProps) {
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
        <CsvButton table="priceHistory" input={model} of="the price through time" />
      </CardHeader>
      {days.some(({ inputUsd, outputUsd }) => inputUsd !== null || outputUsd !== null) && (
        <PriceStepsChart days={days} className="px-4 pb-2 sm:px-5" />
      )}
      <Stretches stretches={scope.stretches} />
    </Card>
  );
}

interface Props {
  provider: string;
  model: string;
  now: string;
  /** Whether to begin with the form for contract rates. */
  isAdding: boolean;
}

export function ModelPrices({ provider, model, now: nowText, isAdding }: Props) {
  const { slug } = useTenant();
  const mayWrite = useRight("prices:write");
  const [dialog, setDialog] = useState<"contract" | "discount" | null>(isAdding ? "contract" : null);
  const [change, setChange] = useState<PriceChange | null>(null);
  const prices = useQuery(useTRPC().prices.model.queryOptions({ provider, model }));
  const now = useMemo(() => new Date(nowText), [nowText]);
  const priceNow = prices.data?.scopes[0]?.stretches.find((stretch) => stretch.isNow)?.price ?? null;
  const close = (made: PriceChange | null) => {
    setDialog(null);
    if (made) setChange(made);
  };
  return (
    <>
      <p className="mb-2 text-xs text-ink-muted">
        <Link href={`/${slug}/prices`} className="inline-flex items-center gap-1 hover:underline">
          <ChevronLeft aria-hidden className="size-3.5" />
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
      {change && <PriceChanged change={change} now={now} />}
      {prices.data && priceNow === null && (
        <Callout tone="warn" className="mb-4">
          Nobody has said what this model costs now. Its calls are counted as unpriced, never as $0
          {mayWrite ? "; add contract rates, and they have a price." : "."}
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
          <ThroughTime model={{ provider, model }} scopes={prices.data.scopes} now={now} />
          <SaidPrices said={prices.data.said} model={{ provider, model }} onChanged={setChange} />
        </div>
      )}
      {mayWrite && (
        <>
          <AddContract
            open={dialog === "contract"}
            onClose={close}
            provider={provider}
            model={model}
            priceNow={priceNow}
            now={now}
          />
          <AddDiscount
            open={dialog === "discount"}
            onClose={close}
            reaches={
              provider === ""
                ? []
                : [
                    { provider, model },
                    { provider, model: "" },
                  ]
            }
            now={now}
          />
        </>
      )}
    </>
  );
}
