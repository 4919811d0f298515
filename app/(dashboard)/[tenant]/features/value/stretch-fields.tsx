import { Select } from "@/app/_components/ui/field";
import { formatMonth } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import { addMonths, firstOfMonth } from "@/server/calendar/month";
import { type Span, spans } from "./search-params";

const monthsOffered = 24;

/** The running month and those before it, as YYYY-MM. */
function monthsBack(today: string): string[] {
  return Array.from({ length: monthsOffered }, (_, back) =>
    addMonths(firstOfMonth(today), -back).slice(0, 7),
  );
}

interface StretchFieldsProps {
  /** Local day. */
  today: string;
  month: string | null;
  span: Span;
  onChange: (part: { month?: string | null; span?: Span }) => void;
}

/** Which whole months the figures are of. */
export function StretchFields({ today, month, span, onChange }: StretchFieldsProps) {
  const months = monthsBack(today);
  const running = months[0] ?? "";
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        aria-label="Month"
        className="w-auto"
        value={month ?? running}
        onChange={({ target: { value } }) => onChange({ month: value === running ? null : value })}
      >
        {month !== null && !months.includes(month) && <option value={month}>{formatMonth(month)}</option>}
        {months.map((one) => (
          <option key={one} value={one}>
            {formatMonth(one)}
            {one === running && ", so far"}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Months"
        className="w-auto"
        value={span}
        onChange={({ target: { value } }) => {
          const chosen = spans.find((one) => one === value);
          if (chosen) onChange({ span: chosen });
        }}
      >
        {spans.map((one) => (
          <option key={one} value={one}>
            {one === "1" ? "this month alone" : `${plural(Number(one), "month")} up to it`}
          </option>
        ))}
      </Select>
    </div>
  );
}
