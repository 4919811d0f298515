import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

export default function StatementLoading() {
  return (
    <div role="status" aria-label="Loading" className="space-y-5">
      <Skeleton className="h-6 w-64" />
      <Card>
        <SkeletonRows rows={5} />
      </Card>
      <Card>
        <SkeletonRows rows={8} />
      </Card>
    </div>
  );
}
