import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

export default function PlanLoading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-6 h-6 w-56" />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
        <Card>
          <SkeletonRows rows={8} />
        </Card>
        <Card>
          <SkeletonRows rows={6} />
        </Card>
      </div>
    </div>
  );
}
