"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { toast } from "sonner";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { localDay } from "@/server/calendar/local-day";
import { useTenant } from "../_components/tenant-context";
import { discountFactor } from "./discount-factor";
import type { PriceChange } from "./price-change";
import { untilDay, ValidityFields } from "./validity-fields";

interface Props {
  open: boolean;
  onClose: (change: PriceChange | null) => void;
  /** What it may be of, besides all list prices; the first is proposed. */
  reaches: readonly DiscountReach[];
  now: Date;
}

/** Whose list prices a discount is of; an empty model is all of the provider's, an empty provider everybody's. */
export interface DiscountReach {
  provider: string;
  model: string;
}

const everything: DiscountReach = { provider: "", model: "" };

function reachName({ provider, model }: DiscountReach): string {
  if (model !== "") return `${provider} / ${model}`;
  return provider === "" ? "all list prices" : `all of ${provider}`;
}

/** A factor on list prices; a contract's own rates are not touched by it. */
export function AddDiscount({ open, onClose, reaches, now }: Props) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const formId = useId();
  const empty = {
    reach: 0,
    percent: "",
    kind: "off" as "off" | "up",
    from: localDay(now, timeZone),
    lastDay: "",
    note: "",
  };
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<typeof empty>) => setDraft({ ...draft, ...part });
  const factor = discountFactor(draft.percent, draft.kind);
  const choices = [...reaches, everything];
  const { provider, model } = choices[draft.reach] ?? everything;
  const add = useMutation(
    trpc.prices.addDiscount.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.prices.pathFilter());
        toast.success(draft.kind === "off" ? "The discount is in the book." : "The markup is in the book.");
        setDraft(empty);
        onClose({
          provider,
          model,
          from: draft.from === "" ? null : draft.from,
          why:
            draft.note.trim() === "" ? `New price of ${reachName({ provider, model })}` : draft.note.trim(),
        });
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (factor === null) return;
    add.mutate({
      provider: provider === "" ? null : provider,
      model: model === "" ? null : model,
      factor,
      validFrom: draft.from === "" ? null : draft.from,
      validTo: untilDay(draft.lastDay),
      note: draft.note,
    });
  };
  return (
    <Dialog
      open={open}
      onClose={() => onClose(null)}
      title="A discount on list prices"
      footer={
        <>
          <Button onClick={() => onClose(null)}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={add.isPending || factor === null}>
            Add it
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <Field label="Of" error={fieldError(add.error, "provider") ?? fieldError(add.error, "model")}>
          {(ids) => (
            <Select
              {...ids}
              value={draft.reach}
              onChange={(event) => change({ reach: Number(event.target.value) })}
            >
              {choices.map((choice, at) => (
                <option key={reachName(choice)} value={at}>
                  {reachName(choice)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="grid grid-cols-2 gap-4">
          <Field label="Percent" error={fieldError(add.error, "factor")}>
            {(ids) => (
              <Input
                {...ids}
                required
                inputMode="decimal"
                placeholder="12"
                value={draft.percent}
                onChange={(event) => change({ percent: event.target.value })}
              />
            )}
          </Field>
          <Field label="Which way">
            {(ids) => (
              <Select
                {...ids}
                value={draft.kind}
                onChange={(event) => change({ kind: event.target.value as "off" | "up" })}
              >
                <option value="off">off (discount)</option>
                <option value="up">on top (markup)</option>
              </Select>
            )}
          </Field>
        </div>
        <ValidityFields
          draft={draft}
          onChange={change}
          error={fieldError(add.error, "validFrom") ?? fieldError(add.error, "validTo")}
        />
        <Field label="Note" hint="Which agreement it rests on.">
          {(ids) => (
            <Input
              {...ids}
              maxLength={500}
              value={draft.note}
              onChange={(event) => change({ note: event.target.value })}
            />
          )}
        </Field>
        {add.isError && add.error.data?.field === undefined && (
          <Callout tone="bad">{errorSentence(add.error)}</Callout>
        )}
      </form>
    </Dialog>
  );
}
