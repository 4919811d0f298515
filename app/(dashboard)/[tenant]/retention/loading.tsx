import { Card } from "@/app/_components/ui/card";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { GridSkeleton } from "./grid-skeleton";

/** The head and its tabs are there. */
export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-6 h-9 max-w-xl" />
      <Card>
        <GridSkeleton />
      </Card>
    </div>
  );
}
