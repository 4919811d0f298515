import type { Right, Role } from "@/server/auth/permissions";

/** What it takes to give, change or take away a role: owners are only touched by owners. */
export function rightFor(...touched: Role[]): Right {
  return touched.includes("owner") ? "owners:write" : "members:write";
}

/** Whether the tenant would be without an owner once `personId` has ceased to be one. */
export function leavesNoOwner(ownerIds: readonly string[], personId: string): boolean {
  return ownerIds.every((ownerId) => ownerId === personId);
}
