import type { DifferenceClass } from "./schemas";

/** An hour of a customer in which the provider counts something else than it accepted. */
export interface Gap {
  customerId: string;
  hour: Date;
  /** What it counts, less what it accepted from us. */
  gap: bigint;
  billed: bigint;
  accepted: bigint;
  /** Of the rows that it accepted. */
  values: readonly bigint[];
}

export interface Finding {
  customerId: string;
  /** Of UTC. */
  day: string;
  class: DifferenceClass;
  ledger: bigint | null;
  exported: bigint | null;
  billed: bigint | null;
  reason: string;
}

const dayOf = (hour: Date) => hour.toISOString().slice(0, 10);
const hourText = (hour: Date) => `${hour.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/**
 * Gives each gap the name of what most simply explains it: usage that stands elsewhere explains two gaps at once and is
 * looked for first, then what one of our rows alone explains. What is left is an amount that differs.
 */
export function classifyGaps(gaps: readonly Gap[]): Finding[] {
  const lacks = gaps.filter(({ gap }) => gap < 0n);
  const surplus = new Set(gaps.filter(({ gap }) => gap > 0n));
  const take = (wanted: (one: Gap) => boolean): Gap | undefined => {
    const found = [...surplus].find(wanted);
    if (found) surplus.delete(found);
    return found;
  };
  const found = lacks.map((lack) => {
    const other = take(
      (one) =>
        one.gap === -lack.gap &&
        one.hour.getTime() === lack.hour.getTime() &&
        one.customerId !== lack.customerId,
    );
    if (other)
      return finding(
        lack,
        "wrong_customer",
        `${-lack.gap} of ${hourText(lack.hour)} stand with customer ${other.customerId} instead.`,
      );
    const moved = take((one) => one.gap === -lack.gap && one.customerId === lack.customerId);
    if (moved) {
      const isOtherMonth = dayOf(moved.hour).slice(0, 7) !== dayOf(lack.hour).slice(0, 7);
      const reason = `${-lack.gap} of ${hourText(lack.hour)} stand at ${hourText(moved.hour)}${isOtherMonth ? ", in another month" : ""}.`;
      return finding(lack, isOtherMonth ? "wrong_month" : "amount", reason);
    }
    if (lack.values.includes(-lack.gap) || -lack.gap === lack.accepted)
      return finding(
        lack,
        "missing",
        `Stripe accepted ${-lack.gap} of ${hourText(lack.hour)} and does not count them.`,
      );
    return finding(
      lack,
      "amount",
      `Stripe counts ${-lack.gap} less than it accepted of ${hourText(lack.hour)}.`,
    );
  });
  const more = [...surplus].map((one) =>
    one.accepted !== 0n && (one.values.includes(one.gap) || one.gap === one.accepted)
      ? finding(one, "doubled", `Stripe counts ${one.gap} of ${hourText(one.hour)} twice.`)
      : finding(
          one,
          "amount",
          `Stripe counts ${one.gap} more than it accepted from here of ${hourText(one.hour)}.`,
        ),
  );
  return merge([...found, ...more]);
}

function finding(
  { customerId, hour, accepted, billed }: Gap,
  name: DifferenceClass,
  reason: string,
): Finding {
  return { customerId, day: dayOf(hour), class: name, ledger: null, exported: accepted, billed, reason };
}

/** Of a customer's day each class is told once: its amounts added, its reasons one after the other. */
export function merge(findings: readonly Finding[]): Finding[] {
  const byKey = new Map<string, Finding>();
  const plus = (one: bigint | null, other: bigint | null) =>
    one === null || other === null ? (one ?? other) : one + other;
  for (const one of findings) {
    const key = `${one.customerId} ${one.day} ${one.class}`;
    const before = byKey.get(key);
    byKey.set(
      key,
      before
        ? {
            ...before,
            ledger: plus(before.ledger, one.ledger),
            exported: plus(before.exported, one.exported),
            billed: plus(before.billed, one.billed),
            reason: `${before.reason} ${one.reason}`.slice(0, 2_000),
          }
        : one,
    );
  }
  return [...byKey.values()];
}
