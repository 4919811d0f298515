import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";
import { ChainLoading } from "./chain-loading";

export default function ReconciliationLoading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-5 h-6 w-48" />
      <Skeleton className="mb-6 h-5 max-w-xl" />
      <div className="space-y-5">
        <Skeleton className="h-11" />
        <ChainLoading />
        <Card>
          <SkeletonRows rows={4} />
        </Card>
      </div>
    </div>
  );
}
