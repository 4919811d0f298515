import { Decimal } from "decimal.js";

/** "12" off → "0.88"; null for what is no percentage that can be given or taken. */
export function discountFactor(percent: string, kind: "off" | "up"): string | null {
  const text = percent.trim().replace(/\s*%$/, "");
  if (!/^\d{1,3}(\.\d{1,7})?$/.test(text)) return null;
  const part = new Decimal(text).div(100);
  const factor = kind === "off" ? new Decimal(1).minus(part) : new Decimal(1).plus(part);
  return part.isZero() || !factor.isPositive() || factor.isZero() ? null : factor.toFixed();
}
