import { Card } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";

export default function ImportsLoading() {
  return (
    <Card>
      <SkeletonRows rows={8} />
    </Card>
  );
}
