import { type BucketSize, runningNames } from "./bucket-time";
import { PlotStretch } from "./plot-layer";
import type { PlotScale } from "./plot-scale";

interface MarkedPoint {
  isRunning: boolean;
  isProvisional: boolean;
}

interface MarksProps {
  points: readonly MarkedPoint[];
  scale: PlotScale;
  granularity: BucketSize;
}

/** Makes what is not final faint, and names the bucket that is not over. */
export function TimeMarks({ points, scale, granularity }: MarksProps) {
  const running = points.findIndex(({ isRunning }) => isRunning);
  const provisional = points.findIndex(({ isProvisional }) => isProvisional);
  return (
    <>
      {provisional !== -1 && <PlotStretch from={scale.start(provisional)} to={1} className="bg-surface/55" />}
      {running !== -1 && (
        <PlotStretch
          from={scale.start(running)}
          to={scale.end(running)}
          className="border-t-2 border-accent-line bg-accent-soft/50 mix-blend-multiply dark:mix-blend-screen"
        >
          <span className="absolute top-0.5 right-0.5 rounded-sm bg-surface/75 px-0.5 text-2xs whitespace-nowrap text-ink-faint">
            {runningNames[granularity]}
          </span>
        </PlotStretch>
      )}
    </>
  );
}
