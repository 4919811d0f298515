import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

/** A screen of reports before its figures are there. */
export function ReportLoading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-5 h-6 w-48" />
      <Skeleton className="mb-6 h-9 max-w-xl" />
      <div className="space-y-4">
        <Card className="p-5">
          <Skeleton className="h-64" />
        </Card>
        <Card>
          <SkeletonRows rows={10} />
        </Card>
      </div>
    </div>
  );
}
