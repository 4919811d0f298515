import type { Scope, ScopeOffers } from "../_scope/scope";

export const usersOffers: ScopeOffers = { groupBy: { options: ["user", "account"], usual: "user" } };

export type People = "user" | "account";
export const peopleOf = ({ groupBy }: Scope): People => (groupBy === "account" ? "account" : "user");
