import { Field, Input, Select, Textarea } from "@/app/_components/ui/field";
import type { PlanHead } from "@/server/invoices/documents";
import { TaxFields } from "../tax-fields";
import type { DraftAccount } from "./draft-account";

const taxes = {
  plan: "As the plan says",
  none: "No tax",
  rate: "A rate, such as VAT 19%",
  reverse_charge: "Reverse charge",
} as const;

interface AccountFieldsProps {
  draft: DraftAccount;
  onChange: (part: Partial<DraftAccount>) => void;
  errorOf: (field: string) => string | undefined;
  plans: readonly PlanHead[];
  defaultPlan: string | null;
}

export function AccountFields({ draft, onChange, errorOf, plans, defaultPlan }: AccountFieldsProps) {
  const text = (field: Exclude<keyof DraftAccount, "isBilled" | "taxKind">) => ({
    value: draft[field],
    onChange: ({ target }: { target: { value: string } }) => onChange({ [field]: target.value }),
  });
  const offered = plans.filter(({ id, retiredAt }) => retiredAt === null || id === draft.planId);
  return (
    <>
      <label className="flex items-center gap-2 text-sm font-medium">
        <input
          type="checkbox"
          className="accent-accent"
          checked={draft.isBilled}
          onChange={({ target }) => onChange({ isBilled: target.checked })}
        />
        It is billed
      </label>
      {!draft.isBilled && (
        <p className="text-xs text-ink-muted">
          Its cost stays in statements, and is told as not billed in the summary of each month.
        </p>
      )}
      <Field label="Plan" error={errorOf("planId")}>
        {(ids) => (
          <Select {...ids} {...text("planId")}>
            <option value="">
              {defaultPlan === null ? "The default: none, so not billed" : `The default: ${defaultPlan}`}
            </option>
            {offered.map(({ id, terms }) => (
              <option key={id} value={id}>
                {terms.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label="First month" hint="Empty: any." error={errorOf("billFrom")}>
          {(ids) => <Input {...ids} placeholder="2026-01" {...text("billFrom")} />}
        </Field>
        <Field label="Last month" hint="Empty: no end." error={errorOf("billThrough")}>
          {(ids) => <Input {...ids} placeholder="2026-12" {...text("billThrough")} />}
        </Field>
      </div>
      <Field
        label="Name on the invoice"
        hint="Empty: the account’s id stands there."
        error={errorOf("details.name")}
      >
        {(ids) => <Input {...ids} maxLength={200} {...text("name")} />}
      </Field>
      <Field label="Address" hint="Eight lines at most." error={errorOf("details.addressLines")}>
        {(ids) => <Textarea {...ids} rows={3} {...text("address")} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="E-mail" error={errorOf("details.email")}>
          {(ids) => <Input {...ids} type="email" maxLength={254} {...text("email")} />}
        </Field>
        <Field label="VAT id" error={errorOf("details.vatId")}>
          {(ids) => <Input {...ids} maxLength={40} {...text("vatId")} />}
        </Field>
      </div>
      <Field
        label="Due after, in days"
        hint="Empty: as your details say."
        error={errorOf("details.dueDays")}
        className="max-w-48"
      >
        {(ids) => <Input {...ids} inputMode="numeric" {...text("dueDays")} />}
      </Field>
      <TaxFields
        kind={draft.taxKind}
        kinds={taxes}
        draft={draft}
        onKind={(taxKind) => onChange({ taxKind })}
        onChange={onChange}
        errorOf={(field) => errorOf(`details.tax.${field}`)}
      />
    </>
  );
}
