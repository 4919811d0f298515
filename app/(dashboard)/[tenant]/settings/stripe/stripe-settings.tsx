"use client";

import { Failure } from "@/app/_components/failure";
import { Card } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useNow } from "../../_components/use-now";
import { useShown } from "../../stripe/use-stripe";
import { ConnectCard } from "./connect-card";
import { ConnectionCard } from "./connection-card";
import { MappedCard } from "./mapped-card";
import { MetersCard } from "./meters-card";
import { RevenueCard } from "./revenue-card";
import { UnmappedCard } from "./unmapped-card";
import { WebhookCard } from "./webhook-card";

/** By which account of Stripe's, by which meters, and whom is billed. */
export function StripeSettings({ baseUrl, now: initialNow }: { baseUrl: string; now: string }) {
  const now = useNow(initialNow);
  const shown = useShown();
  const { data } = shown;
  if (data === undefined)
    return (
      <Card>
        {shown.isError ? (
          <Failure error={shown.error} onRetry={() => void shown.refetch()} />
        ) : (
          <SkeletonRows rows={8} />
        )}
      </Card>
    );
  if (data === null) return <ConnectCard />;
  return (
    <div className="space-y-4">
      <ConnectionCard shown={data} now={now} />
      <MetersCard shown={data} now={now} />
      <UnmappedCard shown={data} />
      <MappedCard shown={data} now={now} />
      <RevenueCard now={now} />
      <WebhookCard shown={data} baseUrl={baseUrl} />
    </div>
  );
}
