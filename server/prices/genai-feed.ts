import { z } from "zod";
import type { NewPriceVersion } from "./price-version";
import { type PricedProvider, versionsOf } from "./snapshot";

const amount = z.number().min(0);
const Price = z.union([
  amount,
  z.object({ base: amount, tiers: z.array(z.object({ start: z.int().min(0), price: amount })).min(1) }),
]);
const Prices = z.record(z.string(), Price);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const time = z.string().regex(/^\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/);
/** The published list leaves out the word by which the package tells them apart. */
const Constraint = z.union([
  z.object({ start_date: day }).transform(({ start_date }) => ({ type: "start_date" as const, start_date })),
  z
    .object({ start_time: time, end_time: time })
    .transform((both) => ({ type: "time_of_date" as const, ...both })),
]);
const Conditional = z.object({
  constraint: Constraint.nullish().transform((value) => value ?? undefined),
  prices: Prices,
});

/** What of the list we read; a part that is not as it should be spoils the whole, for prices are no place to guess. */
const GenaiPrices = z
  .array(
    z.object({
      id: z.string().min(1),
      models: z.array(
        z.object({ id: z.string().min(1), prices: z.union([z.array(Conditional).min(1), Prices]) }),
      ),
    }),
  )
  .min(1) satisfies z.ZodType<PricedProvider[]>;

/** The list that genai-prices publishes, as versions of our book. @throws ZodError, Error when it is no such list */
export function genaiVersions(
  list: unknown,
  origin: Pick<NewPriceVersion, "source" | "sourceVersion">,
): NewPriceVersion[] {
  return versionsOf(GenaiPrices.parse(list), origin);
}
