import { monthNames } from "./words";

interface MonthBoxesProps {
  chosen: readonly number[];
  onChange: (month: number, isIn: boolean) => void;
}

/** Months of the year in which a feature is used; none: all year. */
export function MonthBoxes({ chosen, onChange }: MonthBoxesProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Season</legend>
      <div className="grid grid-cols-3 gap-x-3 gap-y-1 sm:grid-cols-4">
        {monthNames.map((name, at) => (
          <label key={name} className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={chosen.includes(at + 1)}
              onChange={({ target }) => onChange(at + 1, target.checked)}
            />
            {name}
          </label>
        ))}
      </div>
      <p className="mt-1.5 text-xs text-ink-muted">
        Months in which it is used; outside of them the kill review does not hold a rest against it. None: all
        year.
      </p>
    </fieldset>
  );
}
