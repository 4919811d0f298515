"use client";

import { ButtonLink } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { formatDayLong } from "@/app/_format/dates";
import { localDay } from "@/server/calendar/local-day";
import { useRight, useTenant } from "../_components/tenant-context";
import { previewHref, type PriceChange, reachesBack } from "./price-change";

/** What a change of prices means for calls that have come already, and where to go from here. */
export function PriceChanged({ change, now }: { change: PriceChange; now: Date }) {
  const { slug, timeZone } = useTenant();
  const mayPreview = useRight("prices:write");
  if (!reachesBack(change, localDay(now, timeZone))) {
    return (
      <Callout className="mb-4">
        It holds from {formatDayLong(change.from ?? "")} on. Calls until then keep their price.
      </Callout>
    );
  }
  return (
    <Callout
      className="mb-4 flex-wrap items-center"
      action={
        mayPreview && (
          <ButtonLink size="sm" href={previewHref(slug, change)}>
            See what repricing would change
          </ButtonLink>
        )
      }
    >
      The next call is priced by it. Calls already in the ledger keep their price until they are priced anew.
    </Callout>
  );
}
