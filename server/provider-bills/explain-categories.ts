import { Usd } from "@/server/prices/decimal";
import { type Account, take, zero } from "./account";
import type { TokenClass } from "./schemas";

const cached: readonly TokenClass[] = ["cache_read", "cache_write_5m", "cache_write_1h"];
const sides: readonly (readonly TokenClass[])[] = [
  ["input", ...cached, "audio_input"],
  ["output", "audio_output"],
];
const tolerance = new Usd("0.005");
const isClose = (one: Usd, other: Usd) =>
  !other.isZero() && one.minus(other).abs().lte(other.abs().times(tolerance));

/** The same tokens, counted as another class, or in two of them. @param group the accounts of one day and model */
export function explainCategories(group: readonly Account[]): void {
  const names = [
    ...new Set(group.flatMap(({ byTokens, quantities }) => (byTokens ? [...quantities.keys()] : []))),
  ].sort();
  for (const service of names) {
    const found = group.flatMap((account) => {
      const quantity = account.byTokens ? account.quantities.get(service) : undefined;
      return quantity ? [{ account, quantity }] : [];
    });
    const of = (tokenClass: TokenClass) => found.find(({ account }) => account.tokenClass === tokenClass);
    const leftOf = (tokenClass: TokenClass) => of(tokenClass)?.quantity.left ?? zero;

    const input = of("input");
    if (
      input &&
      !input.quantity.left.isZero() &&
      leftOf("output").isZero() &&
      cached.every((name) => leftOf(name).isZero())
    ) {
      const known = cached.map((name) => of(name)?.quantity.billed ?? zero);
      const [read = zero, ...writes] = known;
      const all = known.reduce((sum, units) => sum.plus(units), zero);
      const written = writes.reduce((sum, units) => sum.plus(units), zero);
      if ([read, all, written].some((units) => isClose(input.quantity.left.abs(), units)))
        take(
          input.account,
          input.quantity,
          input.quantity.left,
          "category",
          "cached tokens counted as input, too",
        );
    }
    const output = of("output");
    if (output && leftOf("input").isZero() && isClose(output.quantity.left.abs(), output.quantity.reasoning))
      take(
        output.account,
        output.quantity,
        output.quantity.left,
        "category",
        "reasoning counted as output, too",
      );

    for (const side of sides)
      for (const more of side)
        for (const less of side) {
          const [higher, lower] = [of(more), of(less)];
          if (!higher || !lower || higher.quantity.left.lte(0) || lower.quantity.left.gte(0)) continue;
          const units = Usd.min(higher.quantity.left, lower.quantity.left.neg());
          const subject = `${less} billed as ${more}`;
          take(higher.account, higher.quantity, units, "category", subject);
          take(lower.account, lower.quantity, units.neg(), "category", subject);
        }
  }
}
