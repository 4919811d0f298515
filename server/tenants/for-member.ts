import type { Role } from "@/server/auth/permissions";
import type { Tenant } from "@/server/context";
import { withAuth } from "@/server/db";
import { membershipsOf } from "./queries";
import { Slug } from "./slug";

/**
 * The tenant of that slug and the person's role in it. Absent and foreign tenants are both null: whether a slug is taken
 * by others is none of the caller's business.
 */
export async function tenantForMember(
  personId: string,
  slug: string,
): Promise<{ tenant: Tenant; role: Role } | null> {
  if (!Slug.safeParse(slug).success) return null;
  const [found] = await withAuth((db) => membershipsOf(db, personId, slug));
  return found ?? null;
}
