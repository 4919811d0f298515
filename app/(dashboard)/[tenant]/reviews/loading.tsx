import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

export default function ReviewsLoading() {
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
