import type { TenantBook } from "@/server/contracts/tenant-book";
import type { Ctx } from "@/server/context";
import { buckets } from "@/server/prices/buckets";
import { Usd, usdText } from "@/server/prices/decimal";
import type { Service } from "@/server/prices/service";
import { type PricedUsage, priceParts, type RestKind } from "@/server/statements/priced-parts";
import type { StatementHead } from "@/server/statements/schemas";
import { usageByPrice } from "@/server/statements/usage-by-price";
import type { StatementUsage } from "@/server/statements/usage-queries";
import { type EvidenceColumn, evidenceCsv } from "./csv";

/** A price as rows of usage refer to it: a version, and the discount on it. */
export interface UsedPrice {
  priceId: string;
  versionId: string;
  ruleId: string | null;
  service: Service;
}

/** What was seen while usage.csv was written. */
export interface UsageFacts {
  /** By price and service. */
  prices: Map<string, UsedPrice>;
  /** Amounts that are no product of tokens and a price, by what they are. */
  rests: Map<RestKind, Usd>;
}

type Row = StatementUsage &
  Pick<PricedUsage, "service" | "rest"> & { priceId: string | null; otherUsd: string };

const text = (name: string, of: (row: Row) => string | null): EvidenceColumn<Row> => [name, "text", of];
const number = (name: string, of: (row: Row) => string | number): EvidenceColumn<Row> => [name, "number", of];

const columns: EvidenceColumn<Row>[] = [
  text("kind", ({ kind }) => kind),
  text("ofMonth", ({ ofMonth }) => ofMonth),
  text("day", ({ day }) => day),
  text("accountId", ({ accountId }) => accountId),
  text("team", ({ team }) => team),
  text("feature", ({ feature }) => feature),
  text("environment", ({ environment }) => environment),
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  text("service", ({ service }) => service),
  text("basis", ({ basis }) => basis),
  text("isShare", ({ isShare }) => String(isShare)),
  text("priceId", ({ priceId }) => priceId),
  number("inputFrom", ({ tierStart }) => tierStart),
  number("calls", ({ calls }) => calls),
  ...buckets.map((bucket) => number(bucket, (row) => row[bucket])),
  number("unpricedCalls", ({ unpricedCalls }) => unpricedCalls),
  number("otherUsd", ({ otherUsd }) => otherUsd),
  text("otherIs", ({ rest }) => (rest === "none" ? null : rest)),
  number("costUsd", ({ costUsd }) => usdText(new Usd(costUsd))),
];

/** Usage by day and by price: tokens times price, and what is no such product, is the cost of each row. */
export function usageFile(
  ctx: Ctx,
  book: TenantBook,
  head: StatementHead,
  facts: UsageFacts,
): AsyncIterable<Uint8Array> {
  const key = { tenantId: ctx.tenant.id, month: head.month, revision: head.revision };
  async function* batches() {
    for await (const rows of usageByPrice(ctx, key)) yield rows.map((row) => rowOf(book, row, facts));
  }
  return evidenceCsv(columns, batches());
}

function rowOf(book: TenantBook, row: StatementUsage, { prices, rests }: UsageFacts): Row {
  const { service, parts, rest, restUsd } = priceParts(book, row);
  if (rest !== "none") rests.set(rest, restUsd.plus(rests.get(rest) ?? 0));
  const { priceVersionId: versionId, priceRuleId: ruleId } = row;
  const isByRates = parts.length > 0 && versionId !== null;
  const priceId = isByRates ? (ruleId === null ? versionId : `${versionId}*${ruleId}`) : null;
  if (isByRates && priceId !== null)
    prices.set(`${priceId} ${service}`, { priceId, versionId, ruleId, service });
  return { ...row, service, rest, priceId, otherUsd: usdText(restUsd) };
}
