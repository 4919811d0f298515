import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Field, Input } from "@/app/_components/ui/field";
import { type TaxKind, TaxFields } from "../tax-fields";
import { faultWithin } from "../typed";
import { ComponentFields } from "./component-fields";
import { type DraftComponent, type DraftPlan, freeKey, newComponent } from "./draft-plan";

const mostComponents = 30;
const kinds = {
  none: "No tax",
  rate: "A rate, such as VAT 19%",
  reverse_charge: "Reverse charge",
} as const satisfies Record<TaxKind, string>;

interface PlanFormProps {
  id: string;
  draft: DraftPlan;
  onChange: (draft: DraftPlan) => void;
  /** By the path of the field; empty while nobody has tried to save. */
  errors: ReadonlyMap<string, string>;
  disabled: boolean;
  onSubmit: () => void;
}

function moved(components: readonly DraftComponent[], at: number, by: -1 | 1): DraftComponent[] {
  const one = components[at];
  return one === undefined ? [...components] : components.toSpliced(at, 1).toSpliced(at + by, 0, one);
}

export function PlanForm({ id, draft, onChange, errors, disabled, onSubmit }: PlanFormProps) {
  const { components } = draft;
  const change = (part: Partial<DraftPlan>) => onChange({ ...draft, ...part });
  return (
    <form
      id={id}
      noValidate
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <fieldset disabled={disabled} className="space-y-5">
        <Card>
          <CardHeader title="The plan" hint="In USD, as all of it." />
          <div className="border-t px-4 py-4 sm:px-5">
            <Field label="Name" hint="Yours; it is not on invoices." error={errors.get("name")}>
              {(ids) => (
                <Input
                  {...ids}
                  maxLength={120}
                  className="max-w-72"
                  placeholder="Starter"
                  value={draft.name}
                  onChange={({ target }) => change({ name: target.value })}
                />
              )}
            </Field>
          </div>
        </Card>
        <Card>
          <CardHeader title="What is charged" hint="Each component is a line of the invoice, in this order. They add up." />
          {components.map((component, at) => (
            <ComponentFields
              key={component.key}
              draft={component}
              at={at}
              of={components.length}
              errorOf={(field) => faultWithin(errors, `components.${String(at)}.${field}`)}
              onChange={(next) => change({ components: components.with(at, next) })}
              onMove={(by) => change({ components: moved(components, at, by) })}
              onRemove={() => change({ components: components.toSpliced(at, 1) })}
            />
          ))}
          <div className="border-t px-4 py-3 sm:px-5">
            <Button
              size="sm"
              disabled={components.length >= mostComponents}
              onClick={() => change({ components: [...components, newComponent("flat", freeKey(components))] })}
            >
              Add a component
            </Button>
            {errors.has("components") && <p className="mt-2 text-xs text-bad">{errors.get("components")}</p>}
          </div>
        </Card>
        <Card>
          <CardHeader title="The whole invoice" />
          <div className="space-y-4 border-t px-4 py-4 sm:px-5">
            <div className="grid max-w-md gap-4 sm:grid-cols-2">
              <Field label="At least, in USD a month" hint="Empty: no minimum." error={errors.get("minimumUsd")}>
                {(ids) => (
                  <Input {...ids} inputMode="decimal" value={draft.minimumUsd} onChange={({ target }) => change({ minimumUsd: target.value })} />
                )}
              </Field>
              <Field label="Discount in per cent" hint="Of all lines before tax." error={errors.get("discountPercent")}>
                {(ids) => (
                  <Input {...ids} inputMode="decimal" placeholder="0" value={draft.discountPercent} onChange={({ target }) => change({ discountPercent: target.value })} />
                )}
              </Field>
            </div>
            <TaxFields
              kind={draft.taxKind}
              kinds={kinds}
              draft={draft}
              onKind={(taxKind) => change({ taxKind })}
              onChange={change}
              errorOf={(field) => errors.get(`tax.${field}`)}
            />
          </div>
        </Card>
      </fieldset>
    </form>
  );
} // prettier-ignore
