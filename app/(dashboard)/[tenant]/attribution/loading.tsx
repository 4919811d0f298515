import { Card } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";

export default function AttributionLoading() {
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      {["score", "retries"].map((key) => (
        <Card key={key}>
          <SkeletonRows rows={8} />
        </Card>
      ))}
    </div>
  );
}
