import { OutboundFailure } from "@/server/clients/outbound-failure";
import { Usd, usdText } from "@/server/prices/decimal";

/**
 * An amount of a provider's as USD.
 * @param per how many of the provider's units are a dollar: 100 for cents
 * @throws OutboundFailure for another currency: at whose rate, nobody says
 */
export function usdAmount(value: string, currency: string, per: number): string {
  if (currency.toUpperCase() !== "USD")
    throw new OutboundFailure(
      "answer",
      `This bill is in ${currency.toUpperCase()}; the ledger can be held against bills in USD alone.`,
    );
  return usdText(new Usd(value).div(per));
}
