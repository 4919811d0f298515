"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { formatDate } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { formatExact } from "@/app/_format/money";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { layers, ruleLabel } from "../layers";

type Said = Outputs["prices"]["model"]["said"][number];

const mostRates = 6;

function ratesText({ rates, factor }: Said): string {
  if (factor !== null) return ruleLabel(factor) ?? "list price";
  const shown = rates.slice(0, mostRates).map(({ service, unit, tierStart, usd, per }) => {
    const which = `${unit.replaceAll("_", " ")}${service === "standard" ? "" : ` (${service})`}${tierStart === 0 ? "" : ` from ${tierStart.toLocaleString("en-US")} tokens`}`;
    return `${which} ${formatExact(usd)}${per === 1_000_000 ? " / 1M" : per === 1 ? " each" : ` / ${per.toLocaleString("en-US")}`}`;
  });
  return `${shown.join(" · ")}${rates.length > mostRates ? ` · ${String(rates.length - mostRates)} more` : ""}`;
}

function validity({ from, to, daily }: Said, timeZone: string): string {
  const first = from === null ? "ever" : formatDate(from, timeZone);
  const last = to === null ? "further notice" : formatDate(to, timeZone);
  return `${first} until ${last}${daily === null ? "" : `, ${daily.from}–${daily.to} UTC`}`;
}

function SaidPrice({ said, onChanged }: { said: Said; onChanged: () => void }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("prices:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const withdraw = useMutation(
    trpc.prices.withdraw.mutationOptions({
      onSuccess: () => {
        toast.success("Withdrawn. It counts no more.");
        onChanged();
      },
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.prices.pathFilter()),
    }),
  );
  const isOwn = said.kind === "contract" || said.kind === "discount";
  const look =
    said.kind === "discount" ? { label: "your discount", tone: "accent" as const } : layers[said.kind];
  const isOut = said.withdrawnAt !== null || said.isSuperseded;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 text-sm sm:px-5">
      <div className={cn("min-w-0 flex-1 basis-72", isOut && "text-ink-muted")}>
        <p className="flex flex-wrap items-center gap-1.5">
          <Badge tone={look.tone}>{look.label}</Badge>
          <span className={cn("font-medium", isOut && "line-through")}>{validity(said, timeZone)}</span>
          {said.feature !== null && <Badge>feature {said.feature}</Badge>}
          {said.region !== null && <Badge>region {said.region}</Badge>}
          {said.withdrawnAt !== null ? (
            <Badge tone="warn">withdrawn {formatDate(said.withdrawnAt, timeZone)}</Badge>
          ) : (
            said.isSuperseded && (
              <Badge title="Something that goes before it covers all of its time.">superseded</Badge>
            )
          )}
        </p>
        <p className="figures mt-1 text-xs break-words text-ink-muted">{ratesText(said)}</p>
        <p className="mt-0.5 text-xs text-ink-muted">
          {said.setBy}, known since {formatDate(said.knownFrom, timeZone)}
          {said.note !== "" && ` · “${said.note}”`}
        </p>
      </div>
      {isOwn && mayWrite && said.withdrawnAt === null && (
        <ConfirmButton
          label="Withdraw"
          title="Withdraw this price?"
          confirm="Withdraw"
          onConfirm={() => withdraw.mutate({ id: said.id })}
        >
          It counts no more, from ever on, as if it had not been said. It stays in this list, and calls
          already priced by it keep their cost until they are priced anew.
        </ConfirmButton>
      )}
    </li>
  );
}

/** Everything that was ever said of the price, and by whom. */
export function SaidPrices({ said, onChanged }: { said: readonly Said[]; onChanged: () => void }) {
  return (
    <Card>
      <CardHeader
        title="Who said what"
        hint="The one known last first. Nothing is ever edited: a later word goes before."
      />
      {said.length === 0 ? (
        <p className="border-t px-5 py-8 text-center text-sm text-ink-muted">
          Nobody has said a price of this model. Its calls are counted as unpriced, never as $0; add a
          contract rate and they are priced.
        </p>
      ) : (
        <ul className="divide-y border-t">
          {said.map((one) => (
            <SaidPrice key={one.id} said={one} onChanged={onChanged} />
          ))}
        </ul>
      )}
    </Card>
  );
}
