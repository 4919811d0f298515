import { withAuth } from "@/server/db";
import { membershipsOf } from "./queries";

/** The tenants that a person belongs to, by name. */
export async function myTenants(personId: string) {
  const memberships = await withAuth((db) => membershipsOf(db, personId, null));
  return memberships.map(({ tenant, role }) => ({ slug: tenant.slug, name: tenant.name, role }));
}
