import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <Skeleton className="mb-6 h-7 w-40" />
      <Card>
        <SkeletonRows rows={10} />
      </Card>
    </>
  );
}
