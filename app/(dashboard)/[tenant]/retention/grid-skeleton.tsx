import { Skeleton } from "@/app/_components/ui/skeleton";

const rows = 8;

/** The stairs that the grid will be. */
export function GridSkeleton() {
  return (
    <div className="space-y-2 overflow-hidden px-4 py-4 sm:px-5">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex gap-2">
          <Skeleton className="h-9 w-28 shrink-0" />
          {Array.from({ length: rows - row }, (_, cell) => (
            <Skeleton key={cell} className="h-9 w-16 shrink-0" />
          ))}
        </div>
      ))}
    </div>
  );
}
