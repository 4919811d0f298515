"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/app/_components/ui/button";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

/** Makes the hash anew, on demand, and says what came of it. */
export function Verify({ id }: { id: string }) {
  const verify = useQuery(useTRPC().invoices.verify.queryOptions({ id }, { enabled: false, gcTime: 0 }));
  const { data } = verify;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button size="sm" disabled={verify.isFetching} onClick={() => void verify.refetch()}>
        {verify.isFetching ? "Verifying …" : "Verify"}
      </Button>
      <p role="status" className="min-w-0 text-sm wrap-anywhere">
        {data && !verify.isFetching && data.isIntact && (
          <span className="text-good">Intact: what is stored makes the same hash.</span>
        )}
        {data && !verify.isFetching && !data.isIntact && (
          <span className="text-bad">Changed: what is stored makes the hash {data.madeAnew}.</span>
        )}
        {verify.isError && <span className="text-bad">{errorSentence(verify.error)}</span>}
      </p>
    </div>
  );
}
