import { Field, Input, Select, Textarea } from "@/app/_components/ui/field";

export const taxKinds = ["none", "rate", "reverse_charge"] as const;
export type TaxKind = (typeof taxKinds)[number];

/** A tax as a form holds it. */
export interface DraftTax {
  taxName: string;
  taxPercent: string;
  taxNote: string;
}

interface TaxFieldsProps<Kind extends string> {
  kind: Kind;
  /** By kind; what else a tax may be is named here too, such as that of the plan. */
  kinds: Record<Kind, string>;
  draft: DraftTax;
  onKind: (kind: Kind) => void;
  onChange: (part: Partial<DraftTax>) => void;
  errorOf: (field: string) => string | undefined;
}

export function TaxFields<Kind extends string>(props: TaxFieldsProps<Kind>) {
  const { kind, kinds, draft, onKind, onChange, errorOf } = props;
  return (
    <div className="space-y-4">
      <Field label="Tax" hint="Of the net amount of the whole invoice, rounded once; a line of its own.">
        {(ids) => (
          <Select
            {...ids}
            className="max-w-72"
            value={kind}
            onChange={({ target }) => {
              const next = (Object.keys(kinds) as Kind[]).find((one) => one === target.value);
              if (next !== undefined) onKind(next);
            }}
          >
            {Object.entries<string>(kinds).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {kind === "rate" && (
        <div className="grid max-w-md grid-cols-2 gap-4">
          <Field label="Name of the tax" error={errorOf("name")}>
            {(ids) => (
              <Input
                {...ids}
                maxLength={40}
                value={draft.taxName}
                onChange={({ target }) => onChange({ taxName: target.value })}
              />
            )}
          </Field>
          <Field label="Per cent" error={errorOf("percent")}>
            {(ids) => (
              <Input
                {...ids}
                inputMode="decimal"
                placeholder="19"
                value={draft.taxPercent}
                onChange={({ target }) => onChange({ taxPercent: target.value })}
              />
            )}
          </Field>
        </div>
      )}
      {kind === "reverse_charge" && (
        <Field label="Note on the invoice" error={errorOf("note")}>
          {(ids) => (
            <Textarea
              {...ids}
              maxLength={300}
              value={draft.taxNote}
              onChange={({ target }) => onChange({ taxNote: target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
