import { Trash2 } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { Segmented } from "@/app/_components/ui/segmented";
import { TierMeasure } from "@/server/invoices/plan-schemas";
import type { DraftComponent, DraftTier } from "./draft-plan";
import { measureWords } from "./terms-words";

const mostTiers = 20;
const empty: DraftTier = { upTo: "", unitUsd: "", flatUsd: "" };
const measures = { tokens: "Tokens", calls: "Calls", cost: "Cost in USD" } as const;
const modes = [
  { value: "graduated", label: "Each by its own tier" },
  { value: "volume", label: "All by the last one’s tier" },
] as const;

interface TiersFieldsProps {
  draft: DraftComponent;
  onChange: (part: Partial<DraftComponent>) => void;
  errorOf: (field: string) => string | undefined;
}

export function TiersFields({ draft: { measure, mode, tiers }, onChange, errorOf }: TiersFieldsProps) {
  const { each, upTo: units } = measureWords[measure];
  const set = (at: number, part: Partial<DraftTier>) =>
    onChange({ tiers: tiers.map((tier, n) => (n === at ? { ...tier, ...part } : tier)) });
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-end gap-x-5 gap-y-4">
        <Field label="Counts" className="w-44">
          {(ids) => (
            <Select
              {...ids}
              value={measure}
              onChange={({ target }) => {
                const known = TierMeasure.safeParse(target.value);
                if (known.success) onChange({ measure: known.data });
              }}
            >
              {TierMeasure.options.map((value) => (
                <option key={value} value={value}>
                  {measures[value]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div>
          <p className="mb-1.5 text-sm font-medium">Charged</p>
          <Segmented label="Charged" value={mode} options={modes} onChange={(next) => onChange({ mode: next })} />
        </div>
      </div>
      <ol className="space-y-3">
        {tiers.map((tier, at) => {
          const isLast = at === tiers.length - 1;
          const name = `Tier ${String(at + 1)}`;
          return (
            <li key={at} className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[1fr_1fr_1fr_auto]">
              <Field label={`${name}: up to`} hint={units} error={errorOf(`tiers.${String(at)}.upTo`)}>
                {(ids) => (
                  <Input
                    {...ids}
                    inputMode="decimal"
                    placeholder={isLast ? "all beyond" : ""}
                    value={tier.upTo}
                    onChange={({ target }) => set(at, { upTo: target.value })}
                  />
                )}
              </Field>
              <Field label={`${name}: USD`} hint={each} error={errorOf(`tiers.${String(at)}.unitUsd`)}>
                {(ids) => (
                  <Input {...ids} inputMode="decimal" value={tier.unitUsd} onChange={({ target }) => set(at, { unitUsd: target.value })} />
                )}
              </Field>
              <Field label={`${name}: and once`} hint="USD, where it is reached" error={errorOf(`tiers.${String(at)}.flatUsd`)}>
                {(ids) => (
                  <Input {...ids} inputMode="decimal" placeholder="0" value={tier.flatUsd} onChange={({ target }) => set(at, { flatUsd: target.value })} />
                )}
              </Field>
              <Button
                variant="ghost"
                size="icon"
                className="mt-6 sm:mt-6.5"
                disabled={tiers.length === 1}
                aria-label={`Take ${name.toLowerCase()} away`}
                onClick={() => onChange({ tiers: tiers.filter((_, n) => n !== at) })}
              >
                <Trash2 />
              </Button>
            </li>
          );
        })}
      </ol>
      <Button size="sm" disabled={tiers.length >= mostTiers} onClick={() => onChange({ tiers: [...tiers, empty] })}>
        Add a tier
      </Button>
    </div>
  );
} // prettier-ignore
