import { z } from "zod";
import { Instant, storableText } from "@/server/calls/schemas";
import { services } from "@/server/prices/service";

const name = (maxBytes: number) =>
  storableText(maxBytes)
    .transform((text) => text.trim().toLowerCase())
    .refine((text) => text !== "", "must not be empty");
const Provider = name(64);
const Model = name(200);
const Note = z.string().trim().max(500).default("");

/** An instant, or a day of the tenant's zone, which stands for its first instant. Null is open. */
const Bound = z
  .union([z.iso.date(), Instant], "must be a day, such as 2026-03-01, or an instant with its offset")
  .nullable()
  .default(null);

const amount = z.string().regex(/^\d{1,12}(\.\d{1,18})?$/, 'must be a plain decimal string, such as "2.5"');

/** Units of the buckets; every other unit keeps the name that the price lists have for it. */
const bucketUnits = [
  "fresh_input",
  "cache_read",
  "cache_write",
  "cache_write_5m",
  "cache_write_1h",
  "audio_input",
  "visible_output",
  "reasoning",
  "audio_output",
] as const;
const isOfTokens = (unit: string) =>
  (bucketUnits as readonly string[]).includes(unit) || unit.endsWith("_tokens");
// A price per token typed where one per million belongs, or the other way round, has blocked users and hidden bills.
const isPlausible = (usdPerMillion: number) =>
  usdPerMillion === 0 || (usdPerMillion >= 0.0001 && usdPerMillion <= 100_000);

export const ContractRateInput = z
  .strictObject({
    service: z.enum(services).default("standard"),
    unit: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "names of units are lower case, such as fresh_input"),
    /** The whole call has this rate once its input reaches so many tokens. */
    tierStart: z.int().min(0).max(1_000_000_000).default(0),
    /** USD for `per` units, decimal string. */
    usd: amount,
    /** A million where tokens are counted, else one. */
    per: z.int().min(1).max(1_000_000_000).optional(),
  })
  .transform(({ per, ...rate }) => ({ ...rate, per: per ?? (isOfTokens(rate.unit) ? 1_000_000 : 1) }))
  .refine(
    ({ unit, usd, per }) => !isOfTokens(unit) || isPlausible((Number(usd) / per) * 1_000_000),
    "is far from any price of a million tokens: please check its unit",
  );

export const maxRates = 200;
const Rates = z
  .array(ContractRateInput)
  .min(1, "must have one rate or more")
  .max(maxRates)
  .refine(
    (rates) =>
      new Set(rates.map(({ service, unit, tierStart }) => `${service} ${unit} ${String(tierStart)}`)).size ===
      rates.length,
    "has a rate twice for the same service, unit and tier",
  )
  .refine(
    (rates) =>
      rates.every(({ service, unit }) =>
        rates.some((rate) => rate.service === service && rate.unit === unit && rate.tierStart === 0),
      ),
    "needs, for each unit of each service, the rate that begins at 0 tokens",
  );

export const AddContractRatesInput = z.strictObject({
  provider: Provider,
  /** As calls name it, or as the price list does: then every spelling of it is meant. */
  model: Model,
  /** The rates hold for this feature alone. */
  feature: storableText(256).nullable().default(null),
  /** The rates hold in this region alone. */
  region: storableText(256).nullable().default(null),
  validFrom: Bound,
  validTo: Bound,
  rates: Rates,
  note: Note,
});
export type AddContractRatesInput = z.input<typeof AddContractRatesInput>;

export const AddDiscountInput = z
  .strictObject({
    /** Of whose list prices; null of everybody's. */
    provider: Provider.nullable().default(null),
    /** Null: all models of the provider. */
    model: Model.nullable().default(null),
    /** "0.88" takes 12 % off the list, "1.05" adds 5 %. */
    factor: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,9})?$/, 'must be a plain decimal string, such as "0.88"')
      .refine((text) => Number(text) > 0 && Number(text) <= 10, "must be above 0 and at most 10"),
    validFrom: Bound,
    validTo: Bound,
    note: Note,
  })
  .refine(({ provider, model }) => model === null || provider !== null, {
    path: ["provider"],
    message: "is needed with a model",
  });
export type AddDiscountInput = z.input<typeof AddDiscountInput>;

/** Of contract rates or a discount. */
export const WithdrawPriceInput = z.strictObject({ id: z.guid(), note: Note });
export type WithdrawPriceInput = z.input<typeof WithdrawPriceInput>;

export const ShowModelPricesInput = z.strictObject({
  /** As sent; empty where calls name none. */
  provider: z.union([z.literal(""), Provider]),
  model: Model,
});
export type ShowModelPricesInput = z.input<typeof ShowModelPricesInput>;
