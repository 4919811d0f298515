import { formatCount, formatShare } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { paceOf } from "@/server/imports/pace";
import { Progress } from "@/app/_components/ui/progress";
import { timeLeft } from "./time-left";

type Run = Outputs["imports"]["list"][number];

/** How far a running import is, how fast, and how much longer it takes. */
export function RunProgress({ run }: { run: Run }) {
  const { fraction, rowsPerSecond, secondsLeft } = paceOf({
    ...run,
    startedAt: new Date(run.startedAt),
    progressedAt: new Date(run.progressedAt),
  });
  const facts = [
    fraction === null ? null : formatShare(Math.floor(fraction * 100) / 100),
    rowsPerSecond === null ? null : `${formatCount(rowsPerSecond)} rows/s`,
    secondsLeft === null ? null : timeLeft(secondsLeft),
  ].filter((fact) => fact !== null);
  return (
    <div>
      <Progress fraction={fraction} label={`Importing ${run.fileName}`} />
      <p className="figures mt-1.5 text-xs text-ink-muted">{facts.join(" · ")}</p>
    </div>
  );
}
