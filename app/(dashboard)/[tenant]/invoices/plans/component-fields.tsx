import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { componentKinds, type DraftComponent, withKind } from "./draft-plan";
import { kindWords } from "./terms-words";
import { TiersFields } from "./tiers-fields";
import { UsageFields } from "./usage-fields";

/** The one figure that a kind needs; tiers have theirs in a list. */
const figures = {
  cost_plus: { field: "markupPercent", label: "Markup in per cent", hint: "Upon what the calls cost, exactly.", placeholder: "0" },
  per_token: { field: "usdPerMillion", label: "USD for a million tokens", hint: undefined, placeholder: "2.50" },
  per_call: { field: "usdPerCall", label: "USD for a call", hint: undefined, placeholder: "0.01" },
  flat: { field: "usd", label: "USD a month", hint: undefined, placeholder: "49.00" },
  included: { field: "usd", label: "USD a month", hint: "Taken off what usage comes to, never off fees.", placeholder: "20.00" },
} as const; // prettier-ignore

interface ComponentFieldsProps {
  draft: DraftComponent;
  /** From 0. */
  at: number;
  of: number;
  errorOf: (field: string) => string | undefined;
  onChange: (draft: DraftComponent) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One component of a plan: a line of each invoice. */
export function ComponentFields({ draft, at, of, errorOf, onChange, onMove, onRemove }: ComponentFieldsProps) {
  const { kind } = draft;
  const change = (part: Partial<DraftComponent>) => onChange({ ...draft, ...part });
  const figure = kind === "tiers" ? null : figures[kind];
  const name = `Component ${String(at + 1)}`;
  return (
    <fieldset className="space-y-4 border-t px-4 py-4 sm:px-5">
      <legend className="sr-only">{name}</legend>
      <div className="flex items-center gap-1">
        <p className="flex-1 text-sm font-semibold" aria-hidden>
          {name}
        </p>
        <Button variant="ghost" size="icon" disabled={at === 0} aria-label={`${name} up`} onClick={() => onMove(-1)}>
          <ArrowUp />
        </Button>
        <Button variant="ghost" size="icon" disabled={at === of - 1} aria-label={`${name} down`} onClick={() => onMove(1)}>
          <ArrowDown />
        </Button>
        <Button variant="ghost" size="icon" disabled={of === 1} aria-label={`Take ${name.toLowerCase()} away`} onClick={onRemove}>
          <Trash2 />
        </Button>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Kind">
          {(ids) => (
            <Select
              {...ids}
              value={kind}
              onChange={({ target }) => {
                const next = componentKinds.find((one) => one === target.value);
                if (next) onChange(withKind(draft, next));
              }}
            >
              {componentKinds.map((one) => (
                <option key={one} value={one}>
                  {kindWords[one]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="On the invoice" hint="What its line is called." error={errorOf("label")}>
          {(ids) => (
            <Input {...ids} maxLength={120} value={draft.label} onChange={({ target }) => change({ label: target.value })} />
          )}
        </Field>
      </div>
      {figure && (
        <Field label={figure.label} hint={figure.hint} error={errorOf(figure.field)}>
          {(ids) => (
            <Input
              {...ids}
              inputMode="decimal"
              className="max-w-48"
              placeholder={figure.placeholder}
              value={draft[figure.field]}
              onChange={({ target }) => change({ [figure.field]: target.value })}
            />
          )}
        </Field>
      )}
      {kind === "tiers" && <TiersFields draft={draft} onChange={change} errorOf={errorOf} />}
      {kind !== "flat" && kind !== "included" && <UsageFields draft={draft} onChange={change} errorOf={errorOf} />}
    </fieldset>
  );
} // prettier-ignore
