"use client";

import { useQuery } from "@tanstack/react-query";
import { Money } from "@/app/_components/money";
import { Callout } from "@/app/_components/ui/callout";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";

/** What has come to the month since it was closed, and waits for a later statement; nothing where nothing has. */
export function SinceClosed({ month }: { month: string }) {
  const since = useQuery(useTRPC().statements.sinceClosed.queryOptions({ month }));
  if (!since.data) return null;
  const { late, corrections } = since.data;
  const isLate = late.calls !== 0 || !/^-?0(\.0+)?$/.test(late.costUsd);
  const isCorrected = !/^-?0(\.0+)?$/.test(corrections.costUsd);
  if (!isLate && !isCorrected) {
    return <Callout>Since it was closed nothing has come that a later statement must correct.</Callout>;
  }
  return (
    <Callout tone="warn">
      Since it was closed:{" "}
      {isLate && (
        <>
          {plural(late.calls, "late call")} for <Money usd={late.costUsd} />
          {isCorrected ? ", and " : ""}
        </>
      )}
      {isCorrected && (
        <>
          corrections of <Money usd={corrections.costUsd} />
        </>
      )}
      . This statement stays as it is; the next one that is closed has them as corrections.
    </Callout>
  );
}
