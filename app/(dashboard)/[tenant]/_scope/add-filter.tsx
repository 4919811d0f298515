"use client";

import { ListFilter } from "lucide-react";
import { type RefObject, useState } from "react";
import { cn } from "@/app/_components/ui/class-names";
import { Select } from "@/app/_components/ui/field";
import { Popover } from "@/app/_components/ui/popover";
import { type FilterPart, type FilterTag, type Operator, operatorsOf, relations, tagLabels } from "./filters";
import { control } from "./control";
import { reportTags } from "./scope";
import { useScope } from "./use-scope";
import { ValueField } from "./value-field";

/** Tag, relation, value; also part of the sheet on a phone. */
export function FilterForm({ onAdd }: { onAdd: (part: FilterPart) => void }) {
  const { offers } = useScope();
  const tags = offers.tags ?? reportTags;
  const [tag, setTag] = useState<FilterTag>(tags[0] ?? "feature");
  const [operator, setOperator] = useState<Operator>("is");
  return (
    <div className="space-y-2">
      <div className="grid grid-cols-[1fr_7rem] gap-2">
        <Select
          aria-label="Filter by"
          data-autofocus
          value={tag}
          onChange={(event) => {
            const chosen = tags.find((one) => one === event.target.value) ?? tag;
            setTag(chosen);
            if (!operatorsOf(chosen).includes(operator)) setOperator("is");
          }}
        >
          {tags.map((one) => (
            <option key={one} value={one}>
              {tagLabels[one]}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Relation"
          value={operator}
          onChange={(event) =>
            setOperator(operatorsOf(tag).find((one) => one === event.target.value) ?? operator)
          }
        >
          {operatorsOf(tag).map((one) => (
            <option key={one} value={one}>
              {relations[one]}
            </option>
          ))}
        </Select>
      </div>
      <ValueField
        key={tag}
        tag={tag}
        operator={operator}
        onPick={(value) => onAdd({ tag, operator, value })}
      />
    </div>
  );
}

export function AddFilter({ triggerRef }: { triggerRef?: RefObject<HTMLButtonElement | null> }) {
  const { addPart } = useScope();
  return (
    <Popover
      triggerRef={triggerRef}
      label="Add a filter"
      triggerClassName={cn(control, "text-ink-muted")}
      panelClassName="top-full left-0 mt-1 w-80 p-2.5"
      trigger={
        <>
          <ListFilter aria-hidden /> Filter
        </>
      }
    >
      {(close) => (
        <FilterForm
          onAdd={(part) => {
            addPart(part);
            close();
          }}
        />
      )}
    </Popover>
  );
}
