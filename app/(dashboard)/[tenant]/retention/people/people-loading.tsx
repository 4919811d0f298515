import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

/** Tiles and a table that are on their way; the head and its tabs are there. */
export function PeopleLoading() {
  return (
    <div role="status" aria-label="Loading" className="space-y-4">
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {[0, 1, 2].map((at) => (
          <Card key={at} className="p-5">
            <Skeleton className="h-24" />
          </Card>
        ))}
      </div>
      <Card>
        <SkeletonRows rows={8} />
      </Card>
    </div>
  );
}
