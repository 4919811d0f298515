import { type FigureKind, formatFigure } from "@/app/_format/figures";
import { Money } from "./money";

interface FigureProps {
  kind: FigureKind;
  /** Decimal string; null: not known. */
  value: string | null;
  className?: string;
}

/** A figure of any kind; what is not known is a dash and never a zero. */
export function Figure({ kind, value, className }: FigureProps) {
  if (value === null) {
    return (
      <span className={className} title="Not known">
        –
      </span>
    );
  }
  if (kind === "usd" || kind === "unitUsd")
    return <Money usd={value} unit={kind === "unitUsd"} className={className} />;
  return <span className={className}>{formatFigure(kind, value)}</span>;
}
