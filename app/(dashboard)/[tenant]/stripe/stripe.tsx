"use client";

import { CreditCard, Settings } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { ButtonLink } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { plural } from "@/app/_format/quantities";
import { PageHeader } from "../_components/page-header";
import { useTenant } from "../_components/tenant-context";
import { useNow } from "../_components/use-now";
import { ConnectionBadges, ConnectionTrouble, lastRunWords } from "./connection-state";
import { DifferencesCard } from "./differences-card";
import { Filters } from "./filters";
import { NextSetUp } from "./next-set-up";
import { RunButton } from "./run-button";
import { SumsCard } from "./sums-card";
import { useFollow, useOpenWindow, useShown } from "./use-stripe";
import { WindowDrawer } from "./window-drawer";
import { WindowsCard } from "./windows-card";
import { underWay } from "./words";

const hint =
  "Usage that leaves for Stripe’s meters: each finished hour of each account, what Stripe took, and where both sides differ.";

/** What was exported, how far it is, and one press to the reason. */
export function Stripe({ now: initialNow }: { now: string }) {
  const { slug, timeZone } = useTenant();
  const now = useNow(initialNow);
  const shown = useShown();
  useFollow(shown.data);
  const [windowId, setWindowId] = useOpenWindow();
  const settings = `/${slug}/settings/stripe`;
  const { data } = shown;
  if (data === undefined || data === null) {
    return (
      <>
        <PageHeader title="Stripe" hint={hint} />
        <Card>
          {shown.isError ? (
            <Failure error={shown.error} onRetry={() => void shown.refetch()} />
          ) : data === undefined ? (
            <SkeletonRows rows={8} />
          ) : (
            <EmptyState
              icon={CreditCard}
              title="Stripe is not connected"
              action={
                <ButtonLink variant="primary" href={settings}>
                  Connect Stripe
                </ButtonLink>
              }
            >
              With a restricted key, finished hours of usage reach Stripe’s meters by themselves, each exactly
              once, and every difference is named.
            </EmptyState>
          )}
        </Card>
      </>
    );
  }
  const { connection } = data;
  const waiting = underWay(data);
  return (
    <>
      <PageHeader
        title="Stripe"
        aside={<ConnectionBadges connection={connection} now={now} />}
        hint={`${connection.name} (${connection.providerAccount}). ${lastRunWords(connection, timeZone, now)}.`}
      >
        <div className="flex gap-2">
          <ButtonLink href={settings}>
            <Settings /> Settings
          </ButtonLink>
          <RunButton />
        </div>
      </PageHeader>
      <div className="mb-4 space-y-2 empty:hidden">
        <ConnectionTrouble connection={connection} now={now} />
        <NextSetUp shown={data} />
        {waiting > 0 && connection.state === "active" && (
          <Callout>{plural(waiting, "row is", "rows are")} on the way. This screen follows by itself.</Callout>
        )}
      </div>
      <Filters shown={data} now={now} />
      <div className="space-y-4">
        <SumsCard />
        <DifferencesCard shown={data} now={now} />
        <WindowsCard shown={data} now={now} />
      </div>
      <WindowDrawer id={windowId} onClose={() => void setWindowId(null)} now={now} />
    </>
  );
} // prettier-ignore
