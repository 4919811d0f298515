import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import type { SignedIn } from "@/server/auth/session";
import { createContext, type Emit } from "@/server/context";
import { DomainError } from "@/server/errors";
import { databaseKnowsZone, insertOwner, insertTenant } from "./queries";
import { CreateTenantInput } from "./schemas";
import { slugCandidate } from "./slug";

const slugTries = 50;

interface Request {
  requestId: string;
  now: Date;
  emit: Emit;
}

/**
 * Makes a tenant whose owner is the person who asks. There is no tenant to authorise against yet: signing in is enough.
 * @throws DomainError INVALID_INPUT for a zone that Postgres does not know; CONFLICT when no slug is left for the name
 */
export async function createTenant(
  session: SignedIn,
  request: Request,
  input: CreateTenantInput,
): Promise<{ slug: string }> {
  const { name, timeZone } = CreateTenantInput.parse(input);
  const id = randomUUID();
  const actor = { kind: "person", personId: session.personId, email: session.email, role: "owner" } as const;
  const tenant = { id, slug: "", name, timeZone, latencyBufferMinutes: 60 };
  const ctx = createContext({ ...request, tenant, actor });
  const slug = await ctx.db.write(async (db) => {
    if (!(await databaseKnowsZone(db, timeZone))) {
      throw new DomainError("INVALID_INPUT", "This time zone is not known here.", { field: "timeZone" });
    }
    for (let n = 0; n < slugTries; n++) {
      const candidate = slugCandidate(name, n);
      if (!(await insertTenant(db, { id, slug: candidate, name, timeZone, createdAt: ctx.now }))) continue;
      await insertOwner(db, { tenantId: id, personId: session.personId, createdAt: ctx.now });
      await recordAudit(db, ctx, {
        action: "tenant.created",
        subject: id,
        after: { name, slug: candidate, timeZone },
      });
      return candidate;
    }
    throw new DomainError("CONFLICT", "Too many tenants have this name; please choose another.", {
      field: "name",
    });
  });
  return { slug };
}
