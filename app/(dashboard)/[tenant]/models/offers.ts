import type { ScopeOffers } from "../_scope/scope";

export const modelsOffers: ScopeOffers = { groupBy: { options: ["model", "provider"], usual: "model" } };
