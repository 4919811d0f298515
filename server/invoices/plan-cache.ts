import type { Db } from "@/server/db";
import type { PlanHead } from "./documents";
import { findPlan } from "./plan-queries";

/** @param version undefined: the one in force */
export type PlanOf = (id: string, version?: number) => Promise<PlanHead>;

/** Each version is read once: accounts of a month share a few plans. */
export function planCache(db: Db, tenantId: string): PlanOf {
  const read = new Map<string, PlanHead>();
  return async (id, version) => {
    const key = `${id} ${String(version ?? "")}`;
    const known = read.get(key) ?? (await findPlan(db, tenantId, id, version));
    if (!known) throw new Error("A plan that is used is not there");
    read.set(key, known);
    return known;
  };
}
