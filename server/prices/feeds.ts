import { genaiVersions } from "./genai-feed";
import { litellmSource, litellmVersions } from "./litellm";
import type { NewPriceVersion } from "./price-version";
import { snapshotSource } from "./snapshot";

export const feedNames = ["genai-prices", "litellm"] as const;
export type FeedName = (typeof feedNames)[number];

export interface Feed {
  url: string;
  /** What its versions are marked with. */
  source: string;
  /** The bundled list of the same maker: together they are what is known of it. */
  bundledSource: string;
  /** @throws when it is no such list */
  read: (list: unknown, origin: Pick<NewPriceVersion, "source" | "sourceVersion">) => NewPriceVersion[];
}

/** Price lists as their makers publish them, between two releases of ours. */
export const feeds: Record<FeedName, Feed> = {
  "genai-prices": {
    url: "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json",
    source: "genai-prices-live",
    bundledSource: snapshotSource,
    read: genaiVersions,
  },
  litellm: {
    url: "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json",
    source: "litellm-live",
    bundledSource: litellmSource,
    read: litellmVersions,
  },
};
