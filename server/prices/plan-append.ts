import {
  isValidAt,
  type NewPriceVersion,
  type PriceRate,
  type PriceVersion,
  secondOfDay,
} from "./price-version";

/**
 * What the book has to learn from a snapshot of the same source: one version for every stretch whose rates differ.
 * A rate with a start date reaches back to it. One that just changed holds from `now` on, for a list's silence about
 * the past must not rewrite it; only a model that is new to the book gets its undated rates from ever on.
 */
export function planAppend(
  known: readonly PriceVersion[],
  snapshot: readonly NewPriceVersion[],
  now: Date,
): NewPriceVersion[] {
  const knownByModel = new Map<string, PriceVersion[]>();
  for (const version of known) {
    const key = modelOf(version);
    const versions = knownByModel.get(key);
    if (versions) versions.push(version);
    else knownByModel.set(key, [version]);
  }
  for (const versions of knownByModel.values()) {
    versions.sort((one, other) => other.knownFrom.getTime() - one.knownFrom.getTime());
  }
  return snapshot.flatMap((listed) => {
    const versions = knownByModel.get(modelOf(listed));
    if (!versions) return [listed];
    const wanted = { ...listed, validFrom: listed.validFrom ?? now };
    if (wanted.validTo && wanted.validTo <= wanted.validFrom) return [];
    return holds(versions, wanted) ? [] : [wanted];
  });
}

/** Whether the known versions (latest known first) already give these rates throughout the stretch. */
function holds(known: readonly PriceVersion[], wanted: NewPriceVersion & { validFrom: Date }): boolean {
  const signature = signatureOf(wanted.rates);
  const instants = [wanted.validFrom, ...known.flatMap(({ validFrom, validTo }) => [validFrom, validTo])]
    .flatMap((instant) => instant?.getTime() ?? [])
    .filter((ms) => ms >= wanted.validFrom.getTime() && (!wanted.validTo || ms < wanted.validTo.getTime()));
  const clocks = [wanted, ...known].flatMap(({ dailyFrom, dailyTo }) => [dailyFrom, dailyTo]);
  const seconds = [0, ...clocks.flatMap((clock) => (clock === null ? [] : [secondOfDay(clock)]))];
  // Rates change only at these instants and times of day, so between them there is nothing to look at.
  return instants.every((ms) =>
    seconds.every((second) => {
      if (!isValidAt(wanted, ms, second)) return true;
      const effective = known.find((version) => isValidAt(version, ms, second));
      return effective !== undefined && signatureOf(effective.rates) === signature;
    }),
  );
}

function signatureOf(rates: readonly PriceRate[]): string {
  return rates
    .map(
      ({ service, unit, tierStart, usd, per }) =>
        `${service} ${unit} ${String(tierStart)} ${usd} ${String(per)}`,
    )
    .sort()
    .join("\n");
}

function modelOf({ provider, model }: Pick<PriceVersion, "provider" | "model">): string {
  return `${provider}\n${model}`;
}
