import { toGeometry } from "@/app/_format/money";
import type { FigureKind } from "@/app/_format/figures";
import { type LogScale, logScale } from "./log-scale";
import { placeLabels } from "./place-labels";

export interface ScatterInput {
  key: string | null;
  /** Decimal strings; null: not known. */
  x: string | null;
  y: string | null;
  /** What the area of the bubble tells. */
  size: string;
  calls: number;
}

export interface ScatterPoint extends ScatterInput {
  name: string;
  x: string;
  y: string;
  /** Middle of the bubble as fractions of the plot, from the left and from below. */
  left: number;
  bottom: number;
  /** In pixels. */
  radius: number;
  /** The narrowest plot in which its name has room; null: it is told when one points at it. */
  labelled: "narrow" | "wide" | null;
}

export interface Scatter {
  points: ScatterPoint[];
  x: LogScale & { kind: FigureKind; label: string };
  y: LogScale & { kind: FigureKind; label: string };
  sizeLabel: string;
  sizeKind: FigureKind;
  /** What is not drawn because one of its figures is not known, or nothing. */
  leftOut: ScatterInput[];
}

export interface ScatterQuestion {
  rows: readonly ScatterInput[];
  x: { kind: FigureKind; label: string };
  y: { kind: FigureKind; label: string };
  size: { kind: FigureKind; label: string };
  without: string;
}

const largest = 28;
const smallest = 4;

/** Two figures against each other on logarithmic axes; null where nothing has both. The largest bubbles lie below. */
export function prepareScatter({ rows, x, y, size, without }: ScatterQuestion): Scatter | null {
  const isDrawn = (row: ScatterInput): row is ScatterInput & { x: string; y: string } =>
    row.x !== null && row.y !== null && toGeometry(row.x) > 0 && toGeometry(row.y) > 0;
  const drawn = rows.filter(isDrawn).sort((one, other) => toGeometry(other.size) - toGeometry(one.size));
  const [across, up] = [
    logScale(drawn.map((row) => toGeometry(row.x))),
    logScale(drawn.map((row) => toGeometry(row.y))),
  ];
  if (!across || !up) return null;
  const most = Math.max(...drawn.map((row) => toGeometry(row.size)), Number.MIN_VALUE);
  const bubbles = drawn.map((row) => ({
    ...row,
    name: row.key ?? without,
    left: across.at(toGeometry(row.x)),
    bottom: up.at(toGeometry(row.y)),
    radius: Math.max(smallest, Math.sqrt(Math.max(0, toGeometry(row.size)) / most) * largest),
  }));
  const [narrow, wide] = [placeLabels(bubbles, "narrow"), placeLabels(bubbles, "wide")];
  return {
    points: bubbles.map((bubble, at) => ({
      ...bubble,
      labelled: narrow.has(at) ? "narrow" : wide.has(at) ? "wide" : null,
    })),
    x: { ...across, ...x },
    y: { ...up, ...y },
    sizeLabel: size.label,
    sizeKind: size.kind,
    leftOut: rows.filter((row) => !isDrawn(row)),
  };
}
