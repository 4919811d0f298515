"use client";

import { ChevronRight } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { formatCompact, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { layers, modelHref, ruleLabel } from "../prices/layers";
import { rateWords } from "../prices/model/rate-words";
import { validityWords } from "../prices/model/validity-words";
import { Section } from "./section";

type Explained = Outputs["reports"]["explain"];
type Row = Explained["prices"]["inForce"][number];
type Price = NonNullable<Row["price"]>;

function Version({ price }: { price: Price }) {
  const { timeZone } = useTenant();
  const { layer, source, sourceVersion, factor, feature, note, validFrom, validTo } = price;
  const discount = ruleLabel(factor);
  return (
    <>
      <dl className="figures grid grid-cols-[1fr_auto] gap-x-4">
        {rateWords(price.rates).map(({ name, amount }) => (
          <div key={name} className="contents">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="text-right">{amount}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 text-xs text-ink-muted">
        {layer === "contract" ? "Your contract" : `${source} ${sourceVersion}`}
        {feature !== null && ` for ${feature}`}, valid{" "}
        {validityWords({ from: validFrom, to: validTo }, timeZone)}
        {discount !== null && `, times ${factor}`}
        {note !== "" && `: “${note}”`}.
      </p>
    </>
  );
}

function PriceRow({ row, isWholeRange }: { row: Row; isWholeRange: boolean }) {
  const { slug, timeZone } = useTenant();
  const { provider, model, calls, costUsd, unpricedCalls, price, from, to } = row;
  const discount = price && ruleLabel(price.factor);
  return (
    <li>
      <details className="group/price">
        <summary className="flex cursor-pointer list-none items-center gap-2 px-3 py-2 text-sm hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-3.5 shrink-0 text-ink-faint transition-transform group-open/price:rotate-90"
          />
          <span className="min-w-0 flex-1">
            <span className="block truncate">{model}</span>
            <span className="block text-2xs text-ink-faint">
              {provider}
              {!isWholeRange && ` · ${validityWords({ from, to }, timeZone)}`}
            </span>
          </span>
          {price === null ? (
            <Badge tone="warn">no price</Badge>
          ) : (
            <Badge tone={layers[price.layer].tone} title={layers[price.layer].title}>
              {layers[price.layer].label}
              {discount !== null && `, ${discount}`}
            </Badge>
          )}
          <span className="figures w-20 shrink-0 text-right">
            {price === null && unpricedCalls === calls ? (
              <span className="text-warn">unpriced</span>
            ) : (
              <Money usd={costUsd} className="font-medium" />
            )}
            <span className="block text-2xs text-ink-faint" title={plural(calls, "call")}>
              {formatCompact(calls)} {calls === 1 ? "call" : "calls"}
            </span>
          </span>
        </summary>
        <div className="border-t bg-sunken/40 px-3 py-2.5 pl-8 text-sm">
          {price === null ? (
            <p className="text-ink-muted">Nobody knows a price of this model.</p>
          ) : (
            <Version price={price} />
          )}
          {unpricedCalls > 0 && (
            <p className="mt-1.5 text-xs text-warn">
              {plural(unpricedCalls, "call")} of these without a cost:{" "}
              {price === null
                ? "add a price, or have it reported."
                : "without usage, or stored before the price was known."}
            </p>
          )}
          <Link
            href={modelHref(slug, { provider, model })}
            className="mt-1.5 inline-block text-xs text-accent underline-offset-2 hover:underline"
          >
            All prices of {model}
          </Link>
        </div>
      </details>
    </li>
  );
}

/** The price versions that held for the calls, model by model. */
export function PricesInForce({ explained }: { explained: Explained }) {
  const { inForce, left, notes } = explained.prices;
  return (
    <Section title={`Prices in force (${String(inForce.length)})`}>
      {inForce.length > 0 && (
        <ul className="divide-y overflow-hidden rounded-lg border">
          {inForce.map((row) => (
            <PriceRow
              key={`${row.provider} ${row.model} ${row.price?.versionId ?? ""} ${row.price?.factor ?? ""} ${row.from}`}
              row={row}
              isWholeRange={row.from === explained.from && row.to === explained.to}
            />
          ))}
          {left !== null && (
            <li className="px-3 py-2 text-sm text-ink-muted">
              and {plural(left.count, "price")} more: <Money usd={left.costUsd} /> in{" "}
              {plural(left.calls, "call")}
            </li>
          )}
        </ul>
      )}
      {inForce.length === 0 && <p className="text-sm text-ink-muted">No call here names a model.</p>}
      <ul className="mt-2 space-y-1 text-xs text-ink-faint">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Section>
  );
}
