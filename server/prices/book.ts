import { listsService, type Rates, ratesOf } from "./bucket-rates";
import type { BookModel, ModelNames } from "./match-model";
import { Usd } from "./decimal";
import { isValidAt, type PriceVersion, secondsPerDay } from "./price-version";
import type { Service } from "./service";

/** Which of the lists that everybody shares a version is from, in the order in which they are asked. */
export const listLayers = ["platform", "list", "litellm"] as const;
export type ListLayer = (typeof listLayers)[number];

/** Where a source's versions stand. Our own staff's corrections go first, LiteLLM fills what the list lacks. */
export function layerOf(source: string): ListLayer {
  if (source === "platform") return "platform";
  return source.startsWith("litellm") ? "litellm" : "list";
}

export interface ListedVersion {
  version: PriceVersion;
  layer: ListLayer;
}

type Layers = Record<ListLayer, PriceVersion[]>;

/** All price versions that everybody shares, of a moment, in memory. */
export class PriceBook {
  private readonly byModel = new Map<string, Layers>();
  private readonly byId = new Map<string, PriceVersion>();
  private readonly ready = new Map<string, Rates>();

  /** @param stamp changes whenever a version was added (queries.ts) */
  constructor(
    versions: readonly PriceVersion[],
    readonly stamp: string,
  ) {
    for (const version of versions) {
      const key = keyOf(version);
      const known = this.byModel.get(key) ?? { platform: [], list: [], litellm: [] };
      known[layerOf(version.source)].push(version);
      this.byModel.set(key, known);
      this.byId.set(version.id, version);
    }
    for (const layers of this.byModel.values()) for (const layer of listLayers) layers[layer].sort(knownLast);
  }

  get size(): number {
    return this.byId.size;
  }

  /** The book of that moment: without what was learned since. */
  asKnownAt(at: Date): PriceBook {
    const versions = [...this.byId.values()].filter(({ knownFrom }) => knownFrom <= at);
    return versions.length === this.size
      ? this
      : new PriceBook(versions, `${this.stamp} ${at.toISOString()}`);
  }

  /**
   * The version for a call that occurred `at`: of the first layer that has one, and of several the one known last, so that
   * a price which arrives late still reaches back. A service that this version does not list is taken from LiteLLM's
   * version, if that does: whole, for rates of two lists do not mix, and only while both agree on the standard rates, for
   * otherwise one of them is out of date.
   */
  inForce(names: ModelNames, at: Date, service: Service = "standard"): ListedVersion | null {
    const found = this.firstOf(listLayers, names, at, () => true);
    if (!found || service === "standard" || listsService(found.version, service)) return found;
    const isSound = (version: PriceVersion) =>
      listsService(version, service) && agreeOnStandard(version, found.version);
    return this.firstOf(["litellm"], names, at, isSound) ?? found;
  }

  /** The standard rates of a model named as the book names it, for a call that occurred `at`. */
  lookup(provider: string, model: string, at: Date): Rates | null {
    const name = { provider, model };
    const found = this.inForce({ sent: name, aliased: name, listed: name }, at);
    return found && this.rates(found.version);
  }

  /** Every version of a model, by layer, the one known last first. */
  versionsOf(name: BookModel): readonly ListedVersion[] {
    const layers = this.byModel.get(keyOf(name));
    return layers ? listLayers.flatMap((layer) => layers[layer].map((version) => ({ version, layer }))) : [];
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

  rates(version: PriceVersion): Rates {
    const known = this.ready.get(version.id);
    if (known) return known;
    const made = ratesOf(version);
    this.ready.set(version.id, made);
    return made;
  }

  private firstOf(
    layers: readonly ListLayer[],
    { sent, aliased, listed }: ModelNames,
    at: Date,
    isWanted: (version: PriceVersion) => boolean,
  ): ListedVersion | null {
    const atMs = at.getTime();
    const remainder = Math.floor(atMs / 1000) % secondsPerDay;
    const second = remainder < 0 ? remainder + secondsPerDay : remainder;
    for (const layer of layers) {
      // The list's own matching knows its spellings best; elsewhere the name is what somebody wrote.
      for (const name of layer === "list" ? [listed, aliased] : [sent, aliased, listed]) {
        const version =
          name &&
          this.byModel
            .get(keyOf(name))
            ?.[layer].find((candidate) => isValidAt(candidate, atMs, second) && isWanted(candidate));
        if (version) return { version, layer };
      }
    }
    return null;
  }
}

/** Whether two lists have the same standard rates for input and output. */
function agreeOnStandard(one: PriceVersion, other: PriceVersion): boolean {
  return ["fresh_input", "visible_output"].every((unit) => {
    const [mine, theirs] = [one, other].map((version) =>
      version.rates.find((rate) => rate.service === "standard" && rate.unit === unit && rate.tierStart === 0),
    );
    return mine && theirs
      ? new Usd(mine.usd).times(theirs.per).eq(new Usd(theirs.usd).times(mine.per))
      : mine === theirs;
  });
}

/** The one known last first; of two known at once the order is arbitrary, but always the same. */
function knownLast(one: PriceVersion, other: PriceVersion): number {
  return other.knownFrom.getTime() - one.knownFrom.getTime() || (one.id < other.id ? -1 : 1);
}

function keyOf({ provider, model }: BookModel): string {
  return `${provider}\n${model}`;
}
