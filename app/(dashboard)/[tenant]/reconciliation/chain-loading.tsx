import { Card, CardHeader } from "@/app/_components/ui/card";
import { Skeleton } from "@/app/_components/ui/skeleton";

interface ChainLoadingProps {
  title?: string;
  steps?: number;
}

/** Cards of the height that the chain will have. */
export function ChainLoading({ title, steps = 5 }: ChainLoadingProps) {
  return (
    <Card>
      {title === undefined ? (
        <Skeleton className="mx-4 my-4 h-4 w-56 sm:mx-5" />
      ) : (
        <CardHeader title={title} />
      )}
      <div className="grid gap-3 border-t px-4 py-4 sm:px-5 lg:grid-cols-5">
        {Array.from({ length: steps }, (_, step) => (
          <Skeleton key={step} className="h-32" />
        ))}
      </div>
    </Card>
  );
}
