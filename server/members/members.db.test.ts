import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { listAudit } from "@/server/audit/list";
import type { Role } from "@/server/auth/permissions";
import { tenantForMember } from "@/server/tenants/for-member";
import { makeMember, makePerson } from "@/tests/factories/person";
import { contextOf, makeTenant } from "@/tests/factories/tenant";
import { acceptInvitation } from "./accept";
import { changeRole } from "./change-role";
import { inviteMember } from "./invite";
import { listMembers } from "./list";
import { removeMember } from "./remove";
import { revokeInvitation } from "./revoke-invitation";
import { showInvitation } from "./show-invitation";

const now = new Date("2026-11-01T12:00:00Z");
const request = { requestId: "test", now, emit: () => Promise.resolve() };
const dayMs = 24 * 60 * 60 * 1000;

async function setUp(role: Role = "owner") {
  const tenant = await makeTenant();
  const actor = await makeMember(tenant, role);
  return { tenant, actor, ctx: contextOf(tenant, actor, now) };
}

function tokenOf(link: string): string {
  return new URL(link).searchParams.get("token") ?? "";
}

function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

describe("an invitation", () => {
  test("makes the invited person a member, once, and is audited without its token", async () => {
    const { tenant, ctx } = await setUp();
    const guest = await makePerson();
    const { link } = await inviteMember(ctx, { email: guest.email.toUpperCase(), role: "finance" });
    const token = tokenOf(link);
    expect(await showInvitation({ token }, now)).toEqual({
      tenantName: tenant.name,
      email: guest.email,
      role: "finance",
    });
    const answers = await Promise.all(
      [0, 1, 2].map(() => failure(acceptInvitation(guest, request, { token }))),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(await tenantForMember(guest.personId, tenant.slug)).toMatchObject({ role: "finance" });
    expect((await listMembers(ctx)).invitations).toEqual([]);
    const { events } = await listAudit(ctx, {});
    expect(events.map((event) => event.action)).toEqual(["invitation.accepted", "invitation.created"]);
    expect(JSON.stringify(events)).not.toContain(token);
  });

  test("is for one address alone", async () => {
    const { tenant, ctx } = await setUp();
    const { link } = await inviteMember(ctx, { email: "somebody@example.com", role: "viewer" });
    const finder = await makePerson();
    const accepting = acceptInvitation(finder, request, { token: tokenOf(link) });
    await expect(accepting).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await tenantForMember(finder.personId, tenant.slug)).toBeNull();
  });

  test("that is unknown, withdrawn, replaced or too old is simply not there", async () => {
    const { ctx } = await setUp();
    const guest = await makePerson();
    const replaced = tokenOf((await inviteMember(ctx, { email: guest.email, role: "viewer" })).link);
    const { id, link } = await inviteMember(ctx, { email: guest.email, role: "viewer" });
    const late = { ...request, now: new Date(now.getTime() + 7 * dayMs) };
    const tooOld = await failure(acceptInvitation(guest, late, { token: tokenOf(link) }));
    await revokeInvitation(ctx, { id });
    const others = await Promise.all(
      [replaced, tokenOf(link), "unknown"].map((token) =>
        failure(acceptInvitation(guest, request, { token })),
      ),
    );
    expect(tooOld).toMatchObject({ code: "NOT_FOUND" });
    for (const other of others) expect(other).toEqual(tooOld);
  });

  test("to an owner's chair is an owner's to give and to take back", async () => {
    const { tenant, ctx: owner } = await setUp();
    const admin = contextOf(tenant, await makeMember(tenant, "admin"), now);
    const asked = { email: "boss@example.com", role: "owner" as const };
    await expect(inviteMember(admin, asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { id } = await inviteMember(owner, asked);
    await expect(revokeInvitation(admin, { id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await listMembers(owner)).invitations).toMatchObject([{ id, role: "owner" }]);
  });

  test("of another tenant is as absent as an absent one; members are not invited again", async () => {
    const [one, other] = [await setUp(), await setUp()];
    const { id } = await inviteMember(one.ctx, { email: "guest@example.com", role: "viewer" });
    const foreign = await failure(revokeInvitation(other.ctx, { id }));
    expect(foreign).toMatchObject({ code: "NOT_FOUND" });
    expect(foreign).toEqual(await failure(revokeInvitation(other.ctx, { id: randomUUID() })));
    const again = inviteMember(one.ctx, { email: one.actor.email, role: "viewer" });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("members", () => {
  test("change role and leave with effect on the next request", async () => {
    const { tenant, ctx } = await setUp();
    const { personId } = await makeMember(tenant, "viewer");
    await changeRole(ctx, { personId, role: "admin" });
    expect(await tenantForMember(personId, tenant.slug)).toMatchObject({ role: "admin" });
    await removeMember(ctx, { personId });
    expect(await tenantForMember(personId, tenant.slug)).toBeNull();
    const { events } = await listAudit(ctx, {});
    expect(events.map((event) => [event.action, event.before, event.after])).toEqual([
      ["member.removed", { role: "admin" }, null],
      ["member.role-changed", { role: "viewer" }, { role: "admin" }],
    ]);
  });

  test("two owners who step down at once leave one", async () => {
    for (let round = 0; round < 5; round++) {
      const { tenant, actor, ctx } = await setUp();
      const second = await makeMember(tenant, "owner");
      const steps = [
        removeMember(ctx, { personId: actor.personId }),
        changeRole(contextOf(tenant, second, now), { personId: second.personId, role: "viewer" }),
      ];
      const failures = (await Promise.all(steps.map(failure))).filter((step) => step !== null);
      expect(failures).toMatchObject([{ code: "CONFLICT" }]);
    }
  });

  test("the last owner neither leaves nor steps down", async () => {
    const { actor, ctx } = await setUp();
    const { personId } = actor;
    await expect(removeMember(ctx, { personId })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(changeRole(ctx, { personId, role: "admin" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("admins do not touch owners, nor make any", async () => {
    const { tenant, actor: owner } = await setUp();
    const admin = contextOf(tenant, await makeMember(tenant, "admin"), now);
    const viewer = await makeMember(tenant, "viewer");
    // Begun one after another: of several begun at once, the second may be refused before anybody listens to it.
    const steps = [
      () => changeRole(admin, { personId: owner.personId, role: "viewer" }),
      () => changeRole(admin, { personId: viewer.personId, role: "owner" }),
      () => removeMember(admin, { personId: owner.personId }),
    ];
    for (const step of steps) await expect(step()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("viewers leave, but send nobody away", async () => {
    const { tenant, actor: owner } = await setUp();
    const viewer = await makeMember(tenant, "viewer");
    const ctx = contextOf(tenant, viewer, now);
    await expect(removeMember(ctx, { personId: owner.personId })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await removeMember(ctx, { personId: viewer.personId });
    expect(await tenantForMember(viewer.personId, tenant.slug)).toBeNull();
  });

  test("of another tenant are as absent as absent ones, and their names unseen", async () => {
    const [one, other] = [await setUp(), await setUp()];
    const acts = [
      (personId: string) => failure(changeRole(one.ctx, { personId, role: "viewer" })),
      (personId: string) => failure(removeMember(one.ctx, { personId })),
    ];
    for (const act of acts) {
      const foreign = await act(other.actor.personId);
      expect(foreign).toMatchObject({ code: "NOT_FOUND" });
      expect(foreign).toEqual(await act(randomUUID()));
    }
    expect((await listMembers(one.ctx)).members.map((member) => member.email)).toEqual([one.actor.email]);
  });
});
