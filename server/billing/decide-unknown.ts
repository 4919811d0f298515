/** More rows of one hour and customer whose outcome is unknown are for people to look at. */
const mostRows = 12;

export type Verdict = "delivered" | "not_delivered" | "unclear";

/**
 * Which of the rows of one customer's hour were delivered, told by the provider's settled sum of that hour. Only one
 * selection that adds up is an answer; two are none.
 * @param known what is certainly there
 * @param values of the rows whose outcome is unknown
 */
export function decideUnknown(billed: bigint, known: bigint, values: readonly bigint[]): Verdict[] {
  const unclear = values.map((): Verdict => "unclear");
  if (values.length > mostRows) return unclear;
  const missing = billed - known;
  let found: number | null = null;
  for (let selection = 0; selection < 2 ** values.length; selection += 1) {
    const sum = values.reduce((total, value, at) => (selection & (1 << at) ? total + value : total), 0n);
    if (sum !== missing) continue;
    if (found !== null) return unclear;
    found = selection;
  }
  if (found === null) return unclear;
  const selection = found;
  return values.map((_, at) => (selection & (1 << at) ? "delivered" : "not_delivered"));
}
