import { z } from "zod";
import { Role } from "@/server/auth/permissions";
import type { Tenant } from "@/server/context";
import type { Db } from "@/server/db";

const MemberRow = z.object({
  personId: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  since: z.date(),
});

export async function listMemberRows(db: Db, tenantId: string) {
  const rows = await db.$queryRaw`
    SELECT p.id AS "personId", p.name, p.email, m.role, m.created_at AS since
    FROM member m JOIN person p ON p.id = m.person_id
    WHERE m.tenant_id = ${tenantId}::uuid
    ORDER BY m.created_at, p.email`;
  return z.array(MemberRow).parse(rows);
}

const LockedMember = z.object({ personId: z.string(), role: Role });

/**
 * The owners and the one member in question, held until the transaction ends, always in the same order: of two owners who
 * step down at once, the second one sees that the first is gone.
 */
export async function lockOwnersAnd(db: Db, member: { tenantId: string; personId: string }) {
  const rows = await db.$queryRaw`
    SELECT person_id AS "personId", role FROM member
    WHERE tenant_id = ${member.tenantId}::uuid AND (role = 'owner' OR person_id = ${member.personId}::uuid)
    ORDER BY person_id FOR UPDATE`;
  const locked = z.array(LockedMember).parse(rows);
  return {
    ownerIds: locked.filter((row) => row.role === "owner").map((row) => row.personId),
    role: locked.find((row) => row.personId === member.personId)?.role ?? null,
  };
}

export async function setRole(
  db: Db,
  member: { tenantId: string; personId: string; role: Role },
): Promise<void> {
  const { role, ...where } = member;
  await db.member.updateMany({ where, data: { role } });
}

export async function deleteMember(db: Db, member: { tenantId: string; personId: string }): Promise<void> {
  await db.member.deleteMany({ where: member });
}

/** False when the person is a member already; their role stays as it is. */
export async function insertMember(
  db: Db,
  member: { tenantId: string; personId: string; role: Role; createdAt: Date },
): Promise<boolean> {
  const { count } = await db.member.createMany({ data: [member], skipDuplicates: true });
  return count === 1;
}

export async function isMemberEmail(db: Db, tenantId: string, email: string): Promise<boolean> {
  return (await listMemberRows(db, tenantId)).some((member) => member.email === email);
}

const open = (tenantId: string, now: Date) => ({
  tenantId,
  acceptedAt: null,
  revokedAt: null,
  expiresAt: { gt: now },
});

const InvitationRow = z.object({ id: z.string(), email: z.string(), role: Role, expiresAt: z.date() });
const invitationColumns = { id: true, email: true, role: true, expiresAt: true } as const;

export async function openInvitations(db: Db, tenantId: string, now: Date) {
  const rows = await db.invitation.findMany({
    where: open(tenantId, now),
    orderBy: { createdAt: "desc" },
    select: invitationColumns,
  });
  return z.array(InvitationRow).parse(rows);
}

/** A later invitation takes the place of earlier ones to the same address. */
export async function withdrawInvitationsTo(
  db: Db,
  tenantId: string,
  email: string,
  now: Date,
): Promise<void> {
  await db.invitation.updateMany({ where: { ...open(tenantId, now), email }, data: { revokedAt: now } });
}

export interface NewInvitation {
  tenantId: string;
  id: string;
  email: string;
  role: Role;
  tokenDigest: Buffer<ArrayBuffer>;
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertInvitation(db: Db, invitation: NewInvitation): Promise<void> {
  await db.invitation.createMany({ data: [invitation] });
}

/** What was invited, if this call ended it; null when it is absent, another tenant's, or no longer open. */
export async function endInvitation(
  db: Db,
  invitation: { tenantId: string; id: string; now: Date; how: "acceptedAt" | "revokedAt" },
) {
  const { tenantId, id, now, how } = invitation;
  const rows = await db.invitation.updateManyAndReturn({
    where: { ...open(tenantId, now), id },
    data: { [how]: now },
    select: invitationColumns,
  });
  return z.array(InvitationRow).parse(rows)[0] ?? null;
}

const FoundInvitation = z
  .object({
    invitationId: z.string(),
    email: z.string(),
    role: Role,
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    timeZone: z.string(),
    latencyBufferMinutes: z.number(),
  })
  .transform(({ invitationId, email, role, ...tenant }) => ({
    invitationId,
    email,
    role,
    tenant: tenant satisfies Tenant,
  }));

export type FoundInvitation = z.infer<typeof FoundInvitation>;

/** The open invitation of that token. Runs before a tenant is known, as the auth role. */
export async function invitationByDigest(db: Db, digest: Buffer, now: Date): Promise<FoundInvitation | null> {
  const rows = await db.$queryRaw`
    SELECT i.id AS "invitationId", i.email, i.role, t.tenant_id AS id, t.slug, t.name, t.time_zone AS "timeZone",
           t.latency_buffer_minutes AS "latencyBufferMinutes"
    FROM invitation i JOIN tenant t USING (tenant_id)
    WHERE i.token_digest = ${digest} AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${now}`;
  return z.array(FoundInvitation).parse(rows)[0] ?? null;
}
