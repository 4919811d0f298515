import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { differenceClasses, exportStates } from "@/server/billing/schemas";
import { Month } from "@/server/periods/schemas";

export const stripeParams = {
  account: parseAsString,
  meter: parseAsString,
  month: parseAsString,
  state: parseAsStringLiteral(exportStates),
  class: parseAsStringLiteral(differenceClasses),
};
export const loadStripeParams = createLoader(stripeParams);

type Params = Awaited<ReturnType<typeof loadStripeParams>>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Which hours page and browser ask for alike; what cannot be meant is left out. */
export function scopeOf({ account, meter, month }: Pick<Params, "account" | "meter" | "month">) {
  return {
    ...(account !== null && account !== "" && { accountId: account }),
    ...(meter !== null && uuid.test(meter) && { meterId: meter }),
    ...(month !== null && Month.safeParse(month).success && { month }),
  };
}

export const windowsQuestion = (params: Params) => ({
  ...scopeOf(params),
  ...(params.state !== null && { state: params.state }),
});

export const differencesQuestion = (params: Params) => ({
  ...scopeOf(params),
  ...(params.class !== null && { class: params.class }),
});
