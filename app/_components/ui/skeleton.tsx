import { cn } from "./class-names";

export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden
      data-skeleton
      className={cn("animate-[shimmer_1.6s_ease-in-out_infinite] rounded bg-sunken", className)}
    />
  );
}

/** Rows of the height that the table will have, so that nothing jumps. */
export function SkeletonRows({ rows = 6, className }: { rows?: number; className?: string }) {
  return (
    <div role="status" aria-label="Loading" className={cn("space-y-3 px-4 py-4 sm:px-5", className)}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center justify-between gap-6">
          <Skeleton className={row % 3 === 0 ? "h-4 w-2/5" : row % 3 === 1 ? "h-4 w-1/3" : "h-4 w-1/2"} />
          <Skeleton className="h-4 w-16" />
        </div>
      ))}
    </div>
  );
}
