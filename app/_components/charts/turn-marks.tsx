import { PlotStretch } from "./plot-layer";
import type { PlotScale } from "./plot-scale";

/** A bucket in which something changed for good, such as the version of a prompt. */
export interface Turn {
  bucket: string;
  label: string;
}

interface TurnMarksProps {
  turns: readonly Turn[];
  points: readonly { bucket: string }[];
  scale: PlotScale;
}

/** Dashed lines where a bucket with a change begins; its name stands on the side that has room. */
export function TurnMarks({ turns, points, scale }: TurnMarksProps) {
  return turns.map(({ bucket, label }) => {
    const at = points.findIndex((point) => point.bucket === bucket);
    if (at === -1) return null;
    const x = scale.start(at);
    return (
      <PlotStretch
        key={`${bucket} ${label}`}
        from={x}
        to={x}
        className="border-l border-dashed border-ink-faint"
      >
        <span
          className={`absolute top-0 rounded-sm bg-surface/85 px-1 text-2xs whitespace-nowrap text-ink-muted ${x > 0.7 ? "right-0.5" : "left-0.5"}`}
        >
          {label}
        </span>
      </PlotStretch>
    );
  });
}
