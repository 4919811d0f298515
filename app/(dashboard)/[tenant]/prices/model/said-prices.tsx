"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Fragment } from "react";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { formatDate } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { localDay } from "@/server/calendar/local-day";
import { layers, ruleLabel } from "../layers";
import type { PriceChange } from "../price-change";
import { rateWords } from "./rate-words";
import { validityWords } from "./validity-words";

type Said = Outputs["prices"]["model"]["said"][number];
type AskedModel = Pick<PriceChange, "provider" | "model">;
type OnChanged = (change: PriceChange) => void;

const mostRates = 4;

/** All rates of a list are too many for a line: the first few, and the others where one asks for them. */
function Rates({ said }: { said: Said }) {
  if (said.factor !== null) return <>{ruleLabel(said.factor) ?? "list price"}</>;
  const rates = rateWords(said.rates);
  const text = (some: typeof rates) => some.map(({ name, amount }) => `${name} ${amount}`).join(" · ");
  const more = rates.length - mostRates;
  if (more <= 1) return <>{text(rates)}</>;
  return (
    <details>
      <summary className="marker:text-ink-faint hover:text-ink">
        {text(rates.slice(0, mostRates))} · {String(more)} more
      </summary>
      <dl className="my-1.5 grid max-w-md grid-cols-[1fr_auto] gap-x-6 gap-y-0.5 pl-4">
        {rates.map(({ name, amount }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd className="text-right text-ink">{amount}</dd>
          </Fragment>
        ))}
      </dl>
    </details>
  );
}

function SaidPrice({ said, model, onChanged }: { said: Said; model: AskedModel; onChanged: OnChanged }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("prices:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const withdraw = useMutation(
    trpc.prices.withdraw.mutationOptions({
      onSuccess: () => {
        toast.success("Withdrawn. It counts no more.");
        onChanged({
          ...model,
          from: said.from === null ? null : localDay(new Date(said.from), timeZone),
          why: `A price of ${model.model} was withdrawn`,
        });
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
          <span className={cn("font-medium", isOut && "line-through")}>
            {validityWords(said, timeZone)}
            {said.daily !== null && `, ${said.daily.from}–${said.daily.to} UTC`}
          </span>
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
        <div className="figures mt-1 text-xs break-words text-ink-muted">
          <Rates said={said} />
        </div>
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
export function SaidPrices({
  said,
  model,
  onChanged,
}: {
  said: readonly Said[];
  model: AskedModel;
  onChanged: OnChanged;
}) {
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
            <SaidPrice key={one.id} said={one} model={model} onChanged={onChanged} />
          ))}
        </ul>
      )}
    </Card>
  );
}
