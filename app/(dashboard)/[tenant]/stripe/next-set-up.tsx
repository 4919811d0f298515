"use client";

import { Callout } from "@/app/_components/ui/callout";
import { Link } from "@/app/_components/ui/link";
import { useTenant } from "../_components/tenant-context";
import type { Shown } from "./words";

/** What has to be said before anything can be billed; nothing once all of it is. */
export function NextSetUp({ shown }: { shown: Shown }) {
  const { slug } = useTenant();
  const active = shown.meters.filter(({ endsAt }) => endsAt === null);
  const missing =
    active.length === 0
      ? "No meter is fed yet: choose which of Stripe’s meters gets tokens, calls or cost."
      : shown.mappings.length === 0
        ? "No account is mapped to a customer yet, so nothing is billed."
        : null;
  if (missing === null) return null;
  return (
    <Callout tone="warn">
      {missing}{" "}
      <Link href={`/${slug}/settings/stripe`} className="underline underline-offset-2">
        Stripe settings
      </Link>
    </Callout>
  );
}
