import { Progress } from "@/app/_components/ui/progress";
import { formatCount, formatShare } from "@/app/_format/quantities";
import { isMoving, type Run } from "./run-state";

/** How far a run is; nothing once it stands still. */
export function RunProgress({ run }: { run: Run }) {
  if (!isMoving(run)) return null;
  const { seen, total } = run.progress;
  const fraction = total === null || total === 0 ? null : Math.min(1, seen / total);
  return (
    <div className="mt-2">
      <Progress
        fraction={fraction}
        label={run.state === "running" ? "Applying" : "Working out the preview"}
      />
      <p className="figures mt-1 text-xs text-ink-muted">
        {fraction !== null && `${formatShare(Math.floor(fraction * 100) / 100)} · `}
        {formatCount(seen)}
        {total !== null && ` of ${formatCount(total)}`} calls looked at
      </p>
    </div>
  );
}
