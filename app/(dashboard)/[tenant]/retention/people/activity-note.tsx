"use client";

import { formatInstant } from "@/app/_format/dates";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";

/** Up to when it was counted who was there: less often than costs are added up. */
export function ActivityNote({ activity }: { activity: Outputs["reports"]["throttle"]["activity"] }) {
  const { timeZone } = useTenant();
  const { refreshedAt, isProvisional } = activity;
  if (refreshedAt === null) return <>Who was there is counted within ten minutes of the first calls.</>;
  return (
    <>
      Who was there: counted at {formatInstant(refreshedAt, timeZone)}
      {isProvisional && ", newer days are being counted"}.
    </>
  );
}
