import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { listAudit } from "@/server/audit/list";
import { listMembers } from "@/server/members/list";
import { makeMember, makePerson } from "@/tests/factories/person";
import { contextOf, makeTenant, personWith } from "@/tests/factories/tenant";
import { createTenant } from "./create";
import { currentTenant } from "./current";
import { tenantForMember } from "./for-member";
import { myTenants } from "./mine";
import { updateTenant } from "./update";

const now = new Date("2026-11-01T12:00:00Z");
const request = { requestId: "test", now, emit: () => Promise.resolve() };

describe("making a tenant", () => {
  test("makes its maker the owner, and is audited", async () => {
    const person = await makePerson({ name: "Ann" });
    const name = `Acme ${randomUUID().slice(0, 8)}`;
    const { slug } = await createTenant(person, request, { name, timeZone: "Asia/Kathmandu" });
    const found = await tenantForMember(person.personId, slug);
    expect(found).toMatchObject({
      role: "owner",
      tenant: { slug, name, timeZone: "Asia/Kathmandu", latencyBufferMinutes: 60 },
    });
    expect(await myTenants(person.personId)).toEqual([{ slug, name, role: "owner" }]);
    if (!found) return;
    const owner = { kind: "person", personId: person.personId, email: person.email, role: "owner" } as const;
    const ctx = contextOf(found.tenant, owner, now);
    expect((await listAudit(ctx, {})).events).toMatchObject([
      { seq: "1", action: "tenant.created", actorEmail: person.email },
    ]);
    expect((await listMembers(ctx)).members).toMatchObject([
      { email: person.email, name: "Ann", role: "owner" },
    ]);
  });

  test("of the same name at the same time gives each its own slug", async () => {
    const name = `Same ${randomUUID().slice(0, 8)}`;
    const people = await Promise.all([0, 1, 2, 3].map(() => makePerson()));
    const made = await Promise.all(
      people.map((person) => createTenant(person, request, { name, timeZone: "UTC" })),
    );
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(4);
  });

  test("refuses a zone that nobody knows", async () => {
    const person = await makePerson();
    await expect(createTenant(person, request, { name: "A", timeZone: "Mars/Olympus" })).rejects.toThrow(
      "IANA",
    );
    // The runtime takes any case; Postgres cuts days by exact names.
    const lower = createTenant(person, request, { name: "A", timeZone: "asia/kolkata" });
    await expect(lower).rejects.toMatchObject({ code: "INVALID_INPUT", data: { field: "timeZone" } });
    expect(await myTenants(person.personId)).toEqual([]);
  });
});

describe("the tenant of a request", () => {
  test("is null for absent and foreign ones alike", async () => {
    const tenant = await makeTenant();
    const member = await makeMember(tenant, "viewer");
    const stranger = await makePerson();
    expect(await tenantForMember(member.personId, tenant.slug)).toMatchObject({ role: "viewer", tenant });
    expect(await tenantForMember(stranger.personId, tenant.slug)).toBeNull();
    expect(await tenantForMember(member.personId, "absent")).toBeNull();
    expect(await tenantForMember(member.personId, "' OR true --")).toBeNull();
    expect(await tenantForMember(member.personId, "\u0000")).toBeNull();
  });

  test("tells the rights of the role", async () => {
    const tenant = await makeTenant();
    expect(currentTenant(contextOf(tenant, personWith("viewer"), now)).rights).not.toContain("keys:write");
    expect(currentTenant(contextOf(tenant, personWith("owner"), now)).rights).toContain("owners:write");
  });
});

describe("changing a tenant", () => {
  test("announces another zone once it is stored, and nothing for a name", async () => {
    const ctx = contextOf(await makeTenant(), personWith("admin"), now);
    await updateTenant(ctx, { name: "New name" });
    expect(ctx.emitted).toEqual([]);
    await updateTenant(ctx, { timeZone: "Asia/Kolkata" });
    expect(ctx.emitted).toEqual([{ name: "tenant/zone-changed", data: { tenantId: ctx.tenant.id } }]);
    const [last] = (await listAudit(ctx, {})).events;
    expect(last).toMatchObject({
      action: "tenant.updated",
      before: { name: "New name", timeZone: "UTC", latencyBufferMinutes: 60 },
      after: { name: "New name", timeZone: "Asia/Kolkata", latencyBufferMinutes: 60 },
    });
  });

  test("takes the right to, and touches no other tenant", async () => {
    const [mine, other] = [await makeTenant(), await makeTenant()];
    const viewer = contextOf(mine, personWith("finance"), now);
    await expect(updateTenant(viewer, { name: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await updateTenant(contextOf(mine, personWith("owner"), now), { latencyBufferMinutes: 15 });
    const member = await makeMember(other, "owner");
    expect(await tenantForMember(member.personId, other.slug)).toMatchObject({ tenant: other });
  });

  test.each([{}, { latencyBufferMinutes: 5 }, { name: "" }, { name: "a\nb" }, { slug: "mine" }])(
    "refuses %j",
    async (input) => {
      const ctx = contextOf(await makeTenant(), personWith("owner"), now);
      await expect(updateTenant(ctx, input)).rejects.toThrow();
    },
  );
});
