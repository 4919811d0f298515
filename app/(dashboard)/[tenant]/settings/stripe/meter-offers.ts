import type { Outputs } from "@/app/_trpc/client";
import type { Shown } from "../../stripe/words";

type ProviderMeter = Outputs["billing"]["providerMeters"][number];

export interface MeterOffer {
  id: string;
  label: string;
  /** Why it cannot be fed; null: it can. */
  hindrance: string | null;
}

/** Stripe's meters to choose from, those that can be fed first. */
export function meterOffers(
  found: readonly ProviderMeter[],
  fed: readonly Pick<Shown["meters"][number], "eventName" | "endsAt">[],
): MeterOffer[] {
  const offers = found.map(({ id, name, eventName, active, isSum }) => ({
    id,
    label: name === eventName ? name : `${name} (${eventName})`,
    hindrance: fed.some((one) => one.eventName === eventName && one.endsAt === null)
      ? "is fed already"
      : !active
        ? "is not active"
        : !isSum
          ? "does not simply add up"
          : null,
  }));
  return [
    ...offers.filter(({ hindrance }) => hindrance === null),
    ...offers.filter(({ hindrance }) => hindrance !== null),
  ];
}
