import { type Rates, ratesOf } from "./bucket-rates";
import { isValidAt, type PriceVersion, secondsPerDay } from "./price-version";

/** All price versions of a moment, in memory. */
export class PriceBook {
  private readonly byModel = new Map<string, PriceVersion[]>();
  private readonly byId = new Map<string, PriceVersion>();
  private readonly ready = new Map<string, Rates>();

  /** @param stamp changes whenever a version was added (queries.ts) */
  constructor(
    versions: readonly PriceVersion[],
    readonly stamp: string,
  ) {
    for (const version of versions) {
      const key = keyOf(version.provider, version.model);
      const known = this.byModel.get(key);
      if (known) known.push(version);
      else this.byModel.set(key, [version]);
      this.byId.set(version.id, version);
    }
    for (const known of this.byModel.values()) {
      known.sort((one, other) => other.knownFrom.getTime() - one.knownFrom.getTime());
    }
  }

  get size(): number {
    return this.byId.size;
  }

  /**
   * The rates of a model, named as the book names it (match-model.ts), for a call that occurred `at`. Of several versions
   * valid then the one known last holds, so that a price which arrives late still reaches back.
   */
  lookup(provider: string, model: string, at: Date): Rates | null {
    const atMs = at.getTime();
    const second = Math.floor(atMs / 1000) % secondsPerDay;
    const version = this.byModel
      .get(keyOf(provider, model))
      ?.find((candidate) => isValidAt(candidate, atMs, second < 0 ? second + secondsPerDay : second));
    return version ? this.rates(version) : null;
  }

  /** The version of that id: what it was for and where it came from. */
  find(id: string): PriceVersion | null {
    return this.byId.get(id) ?? null;
  }

  /** The rates that a stored call was priced with. */
  version(id: string): Rates | null {
    const version = this.byId.get(id);
    return version ? this.rates(version) : null;
  }

  private rates(version: PriceVersion): Rates {
    const known = this.ready.get(version.id);
    if (known) return known;
    const made = ratesOf(version);
    this.ready.set(version.id, made);
    return made;
  }
}

function keyOf(provider: string, model: string): string {
  return `${provider}\n${model}`;
}
