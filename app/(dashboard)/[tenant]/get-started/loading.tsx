import { Card } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";

export default function GetStartedLoading() {
  return (
    <Card className="max-w-4xl">
      <SkeletonRows rows={10} />
    </Card>
  );
}
