import type { TenantBook } from "@/server/contracts/tenant-book";
import { type BucketRate, requestUnit } from "@/server/prices/bucket-rates";
import { buckets } from "@/server/prices/buckets";
import { Usd } from "@/server/prices/decimal";
import { type EvidenceColumn, evidenceCsv } from "./csv";
import type { UsedPrice } from "./usage-file";

interface PriceRow extends UsedPrice {
  bucket: string;
  unit: string;
  inputFrom: number;
  usd: string;
  per: number;
  factor: string;
  discount: string;
  isEstimate: boolean;
  about: ReturnType<typeof aboutVersion>;
}

const text = (name: string, of: (row: PriceRow) => string | null): EvidenceColumn<PriceRow> => [name, "text", of]; // prettier-ignore
const columns: EvidenceColumn<PriceRow>[] = [
  text("priceId", ({ priceId }) => priceId),
  text("service", ({ service }) => service),
  text("bucket", ({ bucket }) => bucket),
  ["inputFrom", "number", ({ inputFrom }) => inputFrom],
  text("unit", ({ unit }) => unit),
  ["usd", "number", ({ usd }) => usd],
  ["per", "number", ({ per }) => per],
  ["factor", "number", ({ factor }) => factor],
  ["discountFactor", "number", ({ discount }) => discount],
  text("isEstimate", ({ isEstimate }) => String(isEstimate)),
  text("provider", ({ about }) => about.provider),
  text("model", ({ about }) => about.model),
  text("source", ({ about }) => about.source),
  text("sourceVersion", ({ about }) => about.sourceVersion),
  text("validFrom", ({ about }) => about.validFrom?.toISOString() ?? null),
  text("validTo", ({ about }) => about.validTo?.toISOString() ?? null),
  text("knownFrom", ({ about }) => about.knownFrom.toISOString()),
];

/** Every price that usage.csv refers to: `usd` for `per` units, times `factor` (which holds the discount). */
export function pricesFile(book: TenantBook, prices: () => Iterable<UsedPrice>): AsyncIterable<Uint8Array> {
  function* batches() {
    for (const price of prices()) yield rowsOf(book, price);
  }
  return evidenceCsv(columns, batches());
}

function rowsOf(book: TenantBook, price: UsedPrice): PriceRow[] {
  const rates = book.version(price.versionId);
  if (!rates) throw new Error("a statement rests on a price that is not in the book");
  const discount = price.ruleId === null ? "1" : (book.rule(price.ruleId)?.factor ?? "1");
  const about = aboutVersion(book, price.versionId);
  const { buckets: byBucket, request } = rates[price.service];
  const named: [string, BucketRate | null | undefined][] = [
    ...buckets.map((bucket): [string, BucketRate | undefined] => [bucket, byBucket[bucket]]),
    [requestUnit, request],
  ];
  return named.flatMap(([bucket, rate]) =>
    (rate?.tiers ?? []).map((tier) => ({
      ...price,
      bucket,
      unit: rate?.unit ?? "",
      inputFrom: tier.tierStart,
      usd: tier.usd,
      per: tier.per,
      factor: new Usd(tier.factor).times(discount).toFixed(),
      discount,
      isEstimate: rate?.isStandIn === true || tier.estimate !== null,
      about,
    })),
  );
}

function aboutVersion(book: TenantBook, versionId: string) {
  const contract = book.contract(versionId);
  if (contract) return { ...contract, source: "contract", sourceVersion: contract.note };
  const version = book.book.find(versionId);
  if (!version) throw new Error("a statement rests on a price that is not in the book");
  return version;
}
