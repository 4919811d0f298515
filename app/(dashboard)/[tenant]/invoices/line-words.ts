import { formatDecimal, formatExact, formatUnitCost } from "@/app/_format/money";
import type { InvoiceLine } from "@/server/invoices/documents";

type Product = Pick<InvoiceLine, "quantity" | "unit" | "unitUsd" | "per">;

const isOne = (decimal: string) => /^1(\.0+)?$/.test(decimal);

/** "1,234,567 tokens", "$12.345 of cost"; null: the line counts nothing. */
export function quantityWords({ quantity, unit }: Product): string | null {
  if (quantity === null || unit === null) return null;
  if (unit === "usd") return `${formatExact(quantity)} of cost`;
  return `${formatDecimal(quantity)} ${isOne(quantity) ? unit.slice(0, -1) : unit}`;
}

/** "$2.50 per million", "× 1.2"; null: the line has no price. */
export function priceWords({ unit, unitUsd, per }: Product): string | null {
  if (unitUsd === null) return null;
  if (unit === "usd") return `× ${formatDecimal(unitUsd)}`;
  // Prices of a unit have up to 12 decimals, and an invoice shows them all.
  const price = /\.\d{7,}/.test(unitUsd.replace(/0+$/, "")) ? formatExact(unitUsd) : formatUnitCost(unitUsd);
  if (per === null || per === 1) return unit === null ? price : `${price} a ${unit.slice(0, -1)}`;
  return per === 1_000_000 ? `${price} per million` : `${price} per ${formatDecimal(String(per))}`;
}
