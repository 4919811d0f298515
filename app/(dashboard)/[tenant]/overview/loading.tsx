import { Card } from "@/app/_components/ui/card";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";

export default function OverviewLoading() {
  return (
    <div role="status" aria-label="Loading">
      <div className="mb-5 flex items-center justify-between">
        <Skeleton className="h-6 w-48" />
        <Skeleton className="h-8 w-52" />
      </div>
      <div className="space-y-4">
        <div className="grid gap-4 md:grid-cols-2">
          {["7", "30"].map((key) => (
            <Card key={key} className="space-y-4 p-5">
              <Skeleton className="h-4 w-24" />
              <Skeleton className="h-9 w-44" />
              <Skeleton className="h-10" />
            </Card>
          ))}
        </div>
        <Card className="p-5">
          <Skeleton className="h-72" />
        </Card>
        <div className="grid gap-4 xl:grid-cols-2">
          {["features", "models"].map((key) => (
            <Card key={key}>
              <SkeletonRows rows={7} />
            </Card>
          ))}
        </div>
      </div>
    </div>
  );
}
