import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate, roundToCents } from "./allocate";

describe("roundToCents", () => {
  it.each([
    ["1.005", "1.01"],
    ["-1.005", "-1.01"],
    ["2.5", "2.50"],
    ["0.004999999999999999", "0.00"],
    ["0.005", "0.01"],
    ["-0.004", "0.00"],
    ["123456789012345678.995", "123456789012345679.00"],
  ])("%s is %s", (usd, rounded) => {
    expect(roundToCents(usd)).toBe(rounded);
  });
});

const shares = (total: string, parts: Record<string, string>) =>
  Object.fromEntries(
    allocate(
      total,
      Object.entries(parts).map(([key, usd]) => ({ key, usd })),
    ),
  );

describe("allocate", () => {
  it.each([
    { name: "thirds", total: "1.00", parts: { a: "0.333333", b: "0.333334", c: "0.333333" }, is: { a: "0.33", b: "0.34", c: "0.33" } },
    { name: "equal fractions by the larger amount", total: "3.02", parts: { a: "1.005", b: "2.015" }, is: { a: "1.00", b: "2.02" } },
    { name: "equal parts by key", total: "0.02", parts: { b: "0.005", a: "0.005", c: "0.005", d: "0.005" }, is: { a: "0.01", b: "0.01", c: "0.00", d: "0.00" } },
    { name: "nothing for what is nothing", total: "0.01", parts: { a: "0", b: "0.005" }, is: { a: "0.00", b: "0.01" } },
    { name: "corrections downwards", total: "0.99", parts: { a: "-0.014", b: "1.004" }, is: { a: "-0.01", b: "1.00" } },
    { name: "fractions that round to nothing", total: "0.00", parts: { a: "0.002", b: "0.002" }, is: { a: "0.00", b: "0.00" } },
    { name: "a cent more than they are, as the larger whole was rounded", total: "0.02", parts: { a: "0.011" }, is: { a: "0.02" } },
    { name: "no parts", total: "0.00", parts: {}, is: {} },
  ])("$name", ({ total, parts, is }) => {
    expect(shares(total, parts as Record<string, string>)).toEqual(is);
  }); // prettier-ignore

  it.each([
    ["more than the parts are", "0.03", { a: "0.011" }],
    ["less than the parts are", "0.00", { a: "0.011" }],
    ["a part of a cent", "0.015", { a: "0.015" }],
  ])("refuses a total of %s", (_, total, parts) => {
    expect(() => shares(total, parts)).toThrow("do not make up the total");
  });
});

/** The same by whole numbers of 10^-18 alone: no decimals, no library. */
const cent = 10n ** 16n;
const floorDivide = (value: bigint, by: bigint) => value / by - (value % by < 0n ? 1n : 0n);
function roundedCents(value: bigint): bigint {
  const size = value < 0n ? -value : value;
  const cents = (size + cent / 2n) / cent;
  return value < 0n ? -cents : cents;
}
const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
function plainly(total: bigint, values: readonly bigint[]): bigint[] {
  const whole = values.map((value) => floorDivide(value, cent));
  const order = values
    .map((value, at) => ({ at, value, fraction: value - (whole[at] ?? 0n) * cent }))
    .sort((one, other) =>
      one.fraction !== other.fraction
        ? one.fraction > other.fraction ? -1 : 1
        : one.value !== other.value ? (one.value > other.value ? -1 : 1) : one.at - other.at,
    ); // prettier-ignore
  let left = total - sum(whole);
  for (const { at } of order) {
    if (left === 0n) break;
    whole[at] = (whole[at] ?? 0n) + 1n;
    left -= 1n;
  }
  return whole;
}
const asUsd = (value: bigint) => {
  const size = (value < 0n ? -value : value).toString().padStart(19, "0");
  return `${value < 0n ? "-" : ""}${size.slice(0, -18)}.${size.slice(-18)}`;
};
const asCents = (usd: string) => BigInt(usd.replace(".", ""));

it("equals a computation by whole numbers: 1,000 random statements, of accounts and of their features", () => {
  const amount = fc.bigInt({ min: -(10n ** 21n), max: 10n ** 24n });
  const accounts = fc.array(fc.array(amount, { minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 20,
  });
  let checked = 0;
  fc.assert(
    fc.property(accounts, (exact) => {
      const key = (at: number) => String(at).padStart(3, "0");
      const parts = (values: readonly bigint[]) =>
        values.map((value, at) => ({ key: key(at), usd: asUsd(value) }));
      const ofAccounts = exact.map(sum);
      const total = roundedCents(sum(ofAccounts));
      const totalUsd = roundToCents(asUsd(sum(ofAccounts)));
      expect(asCents(totalUsd)).toBe(total);
      const given = allocate(totalUsd, parts(ofAccounts));
      const expected = plainly(total, ofAccounts);
      expect([...given.values()].map(asCents)).toEqual(expected);
      expect(sum(expected)).toBe(total);
      exact.forEach((features, at) => {
        const ofAccount = given.get(key(at)) ?? "none";
        const within = [...allocate(ofAccount, parts(features)).values()].map(asCents);
        expect(within).toEqual(plainly(asCents(ofAccount), features));
        expect(sum(within)).toBe(asCents(ofAccount));
      });
      checked += 1;
    }),
    { numRuns: 1_000 },
  );
  expect(checked).toBe(1_000);
});
