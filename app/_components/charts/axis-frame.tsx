import type { ReactNode } from "react";
import { cn } from "../ui/class-names";
import { percent } from "./plot-scale";

export interface AxisTick {
  /** Fraction of the axis. */
  at: number;
  text: string;
}

interface AxisFrameProps {
  across: readonly AxisTick[];
  up: readonly AxisTick[];
  labelAcross?: ReactNode;
  labelUp?: ReactNode;
  /** Lines at the marks of the lower axis, too. */
  hasColumns?: boolean;
  className?: string;
  children: ReactNode;
}

/**
 * Axes and grid of the charts that Tremor has not, in HTML: text keeps its size, and nothing must be measured. Children
 * place themselves by fractions.
 */
export function AxisFrame({
  across,
  up,
  labelAcross,
  labelUp,
  hasColumns = false,
  className,
  children,
}: AxisFrameProps) {
  return (
    <div className={cn("figures flex h-64 flex-col text-2xs text-ink-faint", className)}>
      {labelUp !== undefined && <p className="pb-1.5 pl-2">{labelUp}</p>}
      <div className="flex min-h-0 flex-1">
        <div className="relative w-13 shrink-0">
          {up.map(({ at, text }) => (
            <span
              key={at}
              className="absolute right-2 translate-y-1/2 whitespace-nowrap"
              style={{ bottom: percent(at) }}
            >
              {text}
            </span>
          ))}
        </div>
        <div className="relative min-w-0 flex-1 border-b">
          {up.map(({ at }) => (
            <span key={at} className="absolute inset-x-0 border-t" style={{ bottom: percent(at) }} />
          ))}
          {hasColumns &&
            across.map(({ at }) => (
              <span key={at} className="absolute inset-y-0 border-l" style={{ left: percent(at) }} />
            ))}
          {children}
        </div>
      </div>
      <div className="relative ml-13 h-5 shrink-0">
        {across.map(({ at, text }, tick) => (
          <span
            key={at}
            className={cn(
              // Where it is narrow, every other of many is enough.
              tick % 2 === 1 && across.length > 4 && "hidden @md:block",
              "absolute top-1.5 whitespace-nowrap",
              at > 0.95 ? "-translate-x-full" : at > 0.02 && "-translate-x-1/2",
            )}
            style={{ left: percent(at) }}
          >
            {text}
          </span>
        ))}
      </div>
      {labelAcross !== undefined && <p className="pt-1 text-right">{labelAcross}</p>}
    </div>
  );
}
