import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

export default function InvoiceLoading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-6 h-6 w-64" />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card>
          <SkeletonRows rows={10} />
        </Card>
        <Card>
          <SkeletonRows rows={6} />
        </Card>
      </div>
    </div>
  );
}
