import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

/** A heading, a sentence and a table that are on their way. */
export function ListLoading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-5 h-6 w-48" />
      <Skeleton className="mb-6 h-5 max-w-xl" />
      <Card>
        <SkeletonRows rows={8} />
      </Card>
    </div>
  );
}
