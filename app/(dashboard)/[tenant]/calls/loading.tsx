import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

export default function CallsLoading() {
  return (
    <>
      <div className="mb-5 flex items-center justify-between">
        <Skeleton className="h-6 w-24" />
        <Skeleton className="h-8 w-36" />
      </div>
      <Skeleton className="mb-4 h-8.5 w-80 max-w-full" />
      <Card>
        <SkeletonRows rows={14} />
      </Card>
    </>
  );
}
