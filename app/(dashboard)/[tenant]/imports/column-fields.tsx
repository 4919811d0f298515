import { Select } from "@/app/_components/ui/field";
import { importFields, type ImportMapping } from "@/server/imports/schemas";
import { assign, tagFieldOf } from "./draft-mapping";

interface ColumnFieldsProps {
  columns: readonly string[];
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

const fieldNames = Object.keys(importFields);

export function ColumnFields({ columns, mapping, onChange }: ColumnFieldsProps) {
  const fieldOf = (column: string) =>
    Object.entries(mapping.columns).find(([, at]) => at === column)?.[0] ?? "";
  return (
    <div>
      <h3 className="mb-2 text-xs font-medium text-ink-muted">Columns of the file</h3>
      <ul className="divide-y">
        {columns.map((column) => {
          const tagField = tagFieldOf(column);
          return (
            <li key={column} className="flex items-center gap-3 py-1.5">
              <span className="min-w-0 flex-1 truncate font-mono text-xs" title={column}>
                {column}
              </span>
              <Select
                aria-label={`Column ${column} is`}
                className="w-52"
                value={fieldOf(column)}
                onChange={(event) =>
                  onChange(assign(mapping, column, event.target.value === "" ? null : event.target.value))
                }
              >
                <option value="">not imported</option>
                {fieldNames.map((field) => (
                  <option key={field} value={field}>
                    {field}
                  </option>
                ))}
                {tagField !== null && (
                  <option value={tagField}>free tag {tagField.slice("tags.".length)}</option>
                )}
              </Select>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
