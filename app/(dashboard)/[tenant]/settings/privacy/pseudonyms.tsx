"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { LookUp } from "./look-up";
import { ShredKey } from "./shred-key";
import { SwitchPseudonyms } from "./switch-pseudonyms";

export function Pseudonyms() {
  const shown = useQuery(useTRPC().privacy.show.queryOptions());
  const { data } = shown;
  return (
    <Card>
      <CardHeader
        title="Pseudonyms"
        hint="Switched on, user ids of new calls are stored under names that only your key can make. Reports by user work as before."
      >
        {data && (
          <Badge tone={data.pseudonymise ? "good" : "neutral"} dot>
            {data.pseudonymise ? "on" : "off"}
          </Badge>
        )}
      </CardHeader>
      {shown.isError ? (
        <Failure error={shown.error} onRetry={() => void shown.refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={3} />
      ) : (
        <div className="divide-y border-t">
          <SwitchPseudonyms isOn={data.pseudonymise} />
          {data.hasKey && <LookUp />}
          {data.hasKey && <ShredKey isOn={data.pseudonymise} />}
        </div>
      )}
    </Card>
  );
}
