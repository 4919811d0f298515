/** A decimal string with its thousands told apart: "1234.5" is "1,234.5". */
export function groupDigits(amount: string): string {
  const [whole = "", fraction] = amount.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
}

/** "-1,234.50" */
export const amountText = (usd: string) =>
  usd.startsWith("-") ? `-${groupDigits(usd.slice(1))}` : groupDigits(usd);
