import { Decimal } from "decimal.js";

/** How a figure compares with the one before. */
export type Change =
  /** Nothing is compared, or one of the two is not known. */
  | { kind: "unknown" }
  /** It was not there before, or is not any more. */
  | { kind: "new" | "gone" }
  /** `fraction` of what was before; null where that was nothing. `difference` is a decimal string. */
  | { kind: "up" | "down" | "same"; fraction: number | null; difference: string };

interface ChangeInput {
  /** Decimal strings; null: not known. */
  current: string | null;
  previous: string | null | undefined;
  /** Whether there was anything to be told at all, now and before; by default there was. */
  isThere?: boolean;
  wasThere?: boolean;
}

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN });

export function prepareChange({ current, previous, isThere = true, wasThere = true }: ChangeInput): Change {
  if (previous === undefined) return { kind: "unknown" };
  if (isThere !== wasThere) return { kind: isThere ? "new" : "gone" };
  if (current === null || previous === null || !isThere) return { kind: "unknown" };
  const base = new Exact(previous);
  const difference = new Exact(current).minus(base);
  return {
    kind: difference.isZero() ? "same" : difference.isPositive() ? "up" : "down",
    fraction: base.isZero() ? null : difference.div(base.abs()).toNumber(),
    difference: difference.toFixed(),
  };
}
