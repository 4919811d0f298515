import { toGeometry } from "@/app/_format/money";
import { gapPath } from "./gap-path";

export interface SparkInput {
  /** Decimal strings in order; null is a gap. */
  values: readonly (string | null)[];
  /** So many of the last values are not final. */
  provisional?: number;
}

export interface Spark {
  /** Paths in a box of 1 × 1; the second is of what is not final and begins where the first ends. */
  final: string;
  provisional: string;
  /** The last value that is known. */
  last: { x: number; y: number } | null;
}

/** A trend so small that only its shape counts; its zero is at the bottom. */
export function prepareSpark({ values, provisional = 0 }: SparkInput): Spark {
  const lengths = values.map((value) => (value === null ? null : toGeometry(value)));
  const top = Math.max(...lengths.map((length) => length ?? 0), Number.MIN_VALUE);
  const middle = (at: number) => (values.length < 2 ? 0.5 : at / (values.length - 1));
  const turn = values.length - provisional;
  const part = (isShown: (at: number) => boolean) =>
    gapPath(
      lengths.map((length, at) => (isShown(at) ? length : null)),
      middle,
      top,
    );
  const lastAt = lengths.findLastIndex((length) => length !== null);
  return {
    final: part((at) => at < turn),
    provisional: provisional === 0 ? "" : part((at) => at >= turn - 1),
    last: lastAt === -1 ? null : { x: middle(lastAt), y: (lengths[lastAt] ?? 0) / top },
  };
}
