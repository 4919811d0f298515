"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { Input, Select } from "@/app/_components/ui/field";
import { maxConditions, type RuleCondition } from "@/server/attribution/schemas";
import { type DraftCondition, type DraftField, draftFields, emptyCondition } from "./draft-rule";
import { useKeyNames } from "../../_components/names";
import { fieldLabels, operatorLabels } from "./rule-words";

const operators = Object.keys(operatorLabels) as RuleCondition["op"][];
const labelOf = (field: DraftField) => (field === "tag" ? "free tag …" : fieldLabels[field]);

function ValueField({
  condition,
  name,
  onChange,
}: {
  condition: DraftCondition;
  name: string;
  onChange: (value: string) => void;
}) {
  const keyNames = useKeyNames();
  const { field, op, value } = condition;
  const isKey = field === "keyId" && op !== "startsWith" && keyNames.size > 0;
  if (!isKey) {
    return (
      <Input
        aria-label={name}
        required
        maxLength={256}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Select aria-label={name} required value={value} onChange={(event) => onChange(event.target.value)}>
      {!keyNames.has(value) && <option value={value}>{value === "" ? "Choose a key" : value}</option>}
      {[...keyNames].map(([id, keyName]) => (
        <option key={id} value={id}>
          {keyName}
        </option>
      ))}
    </Select>
  );
}

interface ConditionsFieldsProps {
  conditions: readonly DraftCondition[];
  onChange: (conditions: DraftCondition[]) => void;
}

export function ConditionsFields({ conditions, onChange }: ConditionsFieldsProps) {
  const change = (at: number, part: Partial<DraftCondition>) =>
    onChange(conditions.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">When all of this holds</legend>
      <ul className="space-y-2">
        {conditions.map((condition, at) => (
          // Conditions have no name of their own.
          <li key={at} className="grid grid-cols-[1fr_8rem_auto] gap-2 sm:grid-cols-[8.5rem_7.5rem_1fr_auto]">
            <Select
              aria-label={`Field ${String(at + 1)}`}
              value={condition.field}
              onChange={(event) => {
                const field = draftFields.find((one) => one === event.target.value);
                if (field) change(at, { field });
              }}
            >
              {draftFields.map((field) => (
                <option key={field} value={field}>
                  {labelOf(field)}
                </option>
              ))}
            </Select>
            <Select
              aria-label={`Operator ${String(at + 1)}`}
              value={condition.op}
              onChange={(event) => {
                const op = operators.find((one) => one === event.target.value);
                if (op) change(at, { op });
              }}
            >
              {operators.map((op) => (
                <option key={op} value={op}>
                  {operatorLabels[op]}
                </option>
              ))}
            </Select>
            <div className="order-last col-span-2 grid gap-2 empty:hidden sm:order-none sm:col-span-1 sm:empty:block">
              {condition.field === "tag" && (
                <Input
                  aria-label={`Name of tag ${String(at + 1)}`}
                  placeholder="name of the tag"
                  required
                  maxLength={64}
                  value={condition.key}
                  onChange={(event) => change(at, { key: event.target.value })}
                />
              )}
              {condition.op !== "isMissing" && (
                <ValueField
                  condition={condition}
                  name={`Value ${String(at + 1)}`}
                  onChange={(value) => change(at, { value })}
                />
              )}
            </div>
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove condition ${String(at + 1)}`}
              onClick={() => onChange(conditions.filter((_, index) => index !== at))}
            >
              <X />
            </Button>
          </li>
        ))}
      </ul>
      {conditions.length < maxConditions && (
        <Button size="sm" className="mt-2" onClick={() => onChange([...conditions, emptyCondition])}>
          <Plus /> Add a condition
        </Button>
      )}
    </fieldset>
  );
}
