"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { TagPolicyForm } from "./tag-policy-form";

export function TagPolicyCard() {
  const shown = useQuery(useTRPC().attribution.show.queryOptions());
  return (
    <Card>
      <CardHeader
        title="Tag policy"
        hint="What happens to a call that comes without a tag, after all rules were asked. Calls that are in stay as they are."
      />
      {shown.isError ? (
        <Failure error={shown.error} onRetry={() => void shown.refetch()} />
      ) : shown.data === undefined ? (
        <SkeletonRows rows={6} />
      ) : (
        // What was saved, here or by somebody else, replaces the draft.
        <TagPolicyForm key={JSON.stringify(shown.data.tagPolicy)} saved={shown.data.tagPolicy} />
      )}
    </Card>
  );
}
