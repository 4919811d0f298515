import type { ScopeOffers } from "../_scope/scope";

/** What the windows can be broken down by. */
export const overviewOffers: ScopeOffers = {
  groupBy: { options: ["feature", "team", "model", "user", "prompt"], usual: "feature" },
};
