import { randomUUID } from "node:crypto";
import type { Actor, Role } from "@/server/auth/permissions";
import { hashPassword } from "@/server/auth/password";
import type { SignedIn } from "@/server/auth/session";
import type { Tenant } from "@/server/context";
import { asAdmin } from "./tenant";

export interface TestPerson extends SignedIn {
  password: string | null;
}

/** A person straight in the table. */
export async function makePerson(
  overrides: Partial<TestPerson & { verifiedAt: Date }> = {},
): Promise<TestPerson> {
  const personId = overrides.personId ?? randomUUID();
  const email = overrides.email ?? `p-${personId.slice(0, 8)}@example.com`;
  const password = overrides.password ?? null;
  const passwordHash = password === null ? null : await hashPassword(password);
  await asAdmin("INSERT INTO person (id, email, name, password_hash, email_verified_at) VALUES ($1, $2, $3, $4, $5)", [
    personId, email, overrides.name ?? "", passwordHash, overrides.verifiedAt ?? null,
  ]); // prettier-ignore
  return { personId, email, name: overrides.name ?? "", password };
}

/** A person who belongs to the tenant, as its verbs see them. */
export async function makeMember(
  tenant: Tenant,
  role: Role,
  person?: TestPerson,
): Promise<Extract<Actor, { kind: "person" }>> {
  const { personId, email } = person ?? (await makePerson());
  await asAdmin("INSERT INTO member (tenant_id, person_id, role) VALUES ($1, $2, $3)", [
    tenant.id,
    personId,
    role,
  ]);
  return { kind: "person", personId, email, role };
}
