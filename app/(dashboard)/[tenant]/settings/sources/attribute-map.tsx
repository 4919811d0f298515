"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { AttributeMapForm } from "./attribute-map-form";
import { linesOf } from "./draft-map";

export function AttributeMap() {
  const shown = useQuery(useTRPC().attribution.show.queryOptions());
  return (
    <Card>
      <CardHeader
        title="Your own attribute names"
        hint="Attributes of OpenTelemetry spans, and metadata keys of LiteLLM, that are tags of ours. The usual names are known already."
      />
      {shown.isError ? (
        <Failure error={shown.error} onRetry={() => void shown.refetch()} />
      ) : shown.data === undefined ? (
        <SkeletonRows rows={2} />
      ) : (
        // What was saved, here or by somebody else, replaces the draft.
        <AttributeMapForm
          key={JSON.stringify(shown.data.attributeMap)}
          saved={linesOf(shown.data.attributeMap)}
        />
      )}
    </Card>
  );
}
