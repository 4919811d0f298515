"use client";

import { useQuery } from "@tanstack/react-query";
import { Tags } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Input } from "@/app/_components/ui/field";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatCompact, formatShare, plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../_components/tenant-context";
import { CsvButton } from "../_export/csv-button";
import { addContractHref, modelHref } from "./layers";
import { PriceBy, Rate } from "./price-by";

type UsedModel = Outputs["prices"]["list"]["models"][number];

function Whose({ used }: { used: UsedModel }) {
  const { slug } = useTenant();
  const mayWrite = useRight("prices:write");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <PriceBy price={used.price} />
      {used.price === null && mayWrite && used.model !== "" && (
        <Link
          href={addContractHref(slug, used)}
          className="text-xs font-medium text-accent underline-offset-2 hover:underline"
        >
          Add contract rates
        </Link>
      )}
    </span>
  );
}

const head = "px-3 py-2 font-medium first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";
const cell = "px-3 py-2.5 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";

function Model({ used }: { used: UsedModel }) {
  const { slug } = useTenant();
  return (
    <Link href={modelHref(slug, used)} className="group block min-w-0">
      <span className="block truncate font-medium group-hover:underline">
        {used.model === "" ? "(no model)" : used.model}
      </span>
      <span className="block truncate text-xs text-ink-muted">
        {used.provider === "" ? "no provider" : used.provider}
      </span>
    </Link>
  );
}

/** Part of the calls; where it is all of them, there is no amount that could say so better. */
function Unpriced({ used: { calls, unpricedCalls } }: { used: UsedModel }) {
  if (unpricedCalls === 0 || unpricedCalls === calls) return null;
  return <p className="text-xs text-warn">{formatCompact(unpricedCalls)} unpriced</p>;
}

function Cost({ used }: { used: UsedModel }) {
  if (used.unpricedCalls === used.calls) return <span className="text-warn">not known</span>;
  return <Money usd={used.costUsd} className="font-medium" />;
}

function Rows({ models }: { models: readonly UsedModel[] }) {
  return (
    <>
      <table className="figures hidden w-full table-fixed text-sm md:table">
        <thead className="border-y text-left text-2xs text-ink-faint">
          <tr>
            <th scope="col" className={head}>
              Model
            </th>
            <th scope="col" className={head}>
              Price by
            </th>
            <th scope="col" className={`${head} w-28 text-right`}>
              Input / 1M
            </th>
            <th scope="col" className={`${head} w-28 text-right`}>
              Output / 1M
            </th>
            <th scope="col" className={`${head} w-32 text-right`}>
              Calls
            </th>
            <th scope="col" className={`${head} w-40 text-right`}>
              Cost, 30 days
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {models.map((used) => (
            <tr key={`${used.provider} ${used.model}`} className="hover:bg-sunken/60">
              <td className={cell}>
                <Model used={used} />
              </td>
              <td className={cell}>
                <Whose used={used} />
              </td>
              <td className={`${cell} text-right`}>
                <Rate price={used.price} unit="fresh_input" />
              </td>
              <td className={`${cell} text-right`}>
                <Rate price={used.price} unit="visible_output" />
              </td>
              <td className={`${cell} text-right`}>
                {formatCompact(used.calls)}
                <Unpriced used={used} />
              </td>
              <td className={`${cell} text-right`}>
                <Cost used={used} />
                {used.shareOfCost !== null && used.unpricedCalls < used.calls && (
                  <p className="text-xs text-ink-muted">{formatShare(used.shareOfCost)}</p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="divide-y border-t text-sm md:hidden">
        {models.map((used) => (
          <li key={`${used.provider} ${used.model}`} className="px-4 py-3">
            <div className="flex items-start justify-between gap-3">
              <Model used={used} />
              <div className="shrink-0 text-right">
                <Cost used={used} />
                <p className="text-xs text-ink-muted">{plural(used.calls, "call")}</p>
                <Unpriced used={used} />
              </div>
            </div>
            <div className="figures mt-1.5 flex flex-wrap items-center justify-between gap-2 text-xs text-ink-muted">
              <Whose used={used} />
              {used.price !== null && (
                <span>
                  <Rate price={used.price} unit="fresh_input" /> in ·{" "}
                  <Rate price={used.price} unit="visible_output" /> out / 1M
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The models of the last 30 days, the dearest first. */
export function UsedModels() {
  const list = useQuery(useTRPC().prices.list.queryOptions());
  const [wanted, setWanted] = useState("");
  const found = list.data?.models.filter(({ provider, model }) =>
    `${provider} ${model}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <Card>
      <CardHeader
        title="Models in use"
        hint="Of the last 30 days, the dearest first. Rates are what a call costs now, discounts included."
      >
        <div className="flex w-full items-center gap-3 sm:w-auto">
          <Input
            type="search"
            aria-label="Find a model"
            placeholder="Find a model"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            className="min-w-0 flex-1 sm:w-56 sm:flex-none"
          />
          {list.data !== undefined && list.data.models.length > 0 && (
            <CsvButton table="prices" input={{}} of="models in use" />
          )}
        </div>
      </CardHeader>
      {list.isError ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : found === undefined ? (
        <SkeletonRows rows={8} />
      ) : list.data?.models.length === 0 ? (
        <EmptyState icon={Tags} title="No model was called in the last 30 days" className="border-t">
          Send a call and its model shows here, with its price and whose word that is.
        </EmptyState>
      ) : found.length === 0 ? (
        <p className="border-t px-5 py-8 text-center text-sm text-ink-muted">
          No model in use is named like that.
        </p>
      ) : (
        <Rows models={found} />
      )}
    </Card>
  );
}
