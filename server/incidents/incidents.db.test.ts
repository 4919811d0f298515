import { beforeAll, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { makeIncident } from "@/tests/factories/incident-rows";
import { makeMember } from "@/tests/factories/person";
import { asAdmin, contextOf, makeTenant, personWith, system, type TestCtx } from "@/tests/factories/tenant";
import { acknowledgeIncident } from "./acknowledge";
import { listIncidents } from "./list";
import type { Incident } from "./schemas";
import { noteIncident } from "./note";
import { readIncident } from "./read";
import { reopenIncident } from "./reopen";
import { resolveIncident } from "./resolve";
import { snoozeIncident } from "./snooze";

const now = new Date("2026-11-20T14:00:00Z");
const until = "2026-11-21T09:00:00.000Z";
let tenant: Tenant;
let ctx: TestCtx;
beforeAll(async () => {
  tenant = await makeTenant();
  ctx = contextOf(tenant, await makeMember(tenant, "finance"), now);
});
const subject = (key: string) => ({ subject: { kind: "feature" as const, key } });

describe("what is done to an incident", () => {
  it("is in its timeline, with who, when and why", async () => {
    const { id } = await makeIncident(tenant, subject("timeline"));
    await acknowledgeIncident(ctx, { id });
    await noteIncident(ctx, { id, note: "asked the growth team" });
    await snoozeIncident(ctx, { id, until, note: "they look tomorrow" });
    await resolveIncident(ctx, { id, note: "rolled back" });
    await reopenIncident(ctx, { id });
    const { incident, timeline, possible } = await readIncident(ctx, { id });
    const personId = ctx.actor.kind === "person" ? ctx.actor.personId : "";
    expect(timeline.map(({ n, kind, note }) => [n, kind, note])).toEqual([
      [1, "opened", null],
      [2, "acknowledged", null],
      [3, "noted", "asked the growth team"],
      [4, "snoozed", "they look tomorrow"],
      [5, "resolved", "rolled back"],
      [6, "reopened", null],
    ]);
    expect(
      timeline.slice(1).every(({ actorId, at }) => actorId === personId && at.getTime() === now.getTime()),
    ).toBe(true);
    expect(timeline[3]?.details).toEqual({ until });
    expect(incident).toMatchObject({ state: "open", snoozedUntil: null, resolvedAt: null });
    expect(possible).toEqual(["acknowledge", "snooze", "resolve", "note"]);
  });

  it("is told to the world where it matters to others", async () => {
    const { id } = await makeIncident(tenant, subject("told"));
    const told = contextOf(tenant, ctx.actor, now);
    await acknowledgeIncident(told, { id });
    await noteIncident(told, { id, note: "seen" });
    expect(told.emitted).toEqual([]);
    await resolveIncident(told, { id });
    expect(told.emitted).toEqual([
      {
        name: "incident/changed",
        data: { tenantId: tenant.id, incidentId: id, n: 4 },
        id: `incident:${id}:4`,
      },
    ]);
  });

  it("is refused where its state allows something else", async () => {
    const { id } = await makeIncident(tenant, subject("refused"));
    await acknowledgeIncident(ctx, { id });
    await expect(acknowledgeIncident(ctx, { id })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(reopenIncident(ctx, { id })).rejects.toMatchObject({ code: "CONFLICT" });
    await resolveIncident(ctx, { id });
    await expect(snoozeIncident(ctx, { id, until })).rejects.toMatchObject({
      code: "CONFLICT",
      message: "The incident is resolved; one can reopen or note it.",
    });
    expect((await readIncident(ctx, { id })).timeline).toHaveLength(3);
  });

  it("is done once when two do it at once", async () => {
    const { id } = await makeIncident(tenant, subject("at once"));
    const done = await Promise.allSettled([1, 2, 3].map(() => resolveIncident(ctx, { id })));
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect((await readIncident(ctx, { id })).timeline.map(({ n }) => n)).toEqual([1, 2]);
  });

  it("reopens none of which there is a newer one", async () => {
    const old = await makeIncident(tenant, { ...subject("newer"), state: "resolved", resolvedAt: now });
    const window = { from: new Date("2026-11-14T00:00:00Z"), to: new Date("2026-11-21T00:00:00Z") };
    await makeIncident(tenant, { ...subject("newer"), window });
    await expect(reopenIncident(ctx, { id: old.id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it.each([
    ["a moment that is over", now.toISOString()],
    ["a moment too far away", "2026-12-21T00:00:00Z"],
  ])("puts nothing off until %s", async (_case, when) => {
    const { id } = await makeIncident(tenant, subject(`snooze ${_case}`));
    await expect(snoozeIncident(ctx, { id, until: when })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("takes a person with the right", async () => {
    const { id } = await makeIncident(tenant, subject("rights"));
    for (const actor of [personWith("viewer"), system])
      await expect(acknowledgeIncident(contextOf(tenant, actor, now), { id })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
  });

  it("cannot be rewritten: the timeline is appended to", async () => {
    const { id } = await makeIncident(tenant, subject("append"));
    const change = ctx.db.write(
      (db) => db.$executeRaw`UPDATE incident_event SET kind = 'noted' WHERE incident_id = ${id}::uuid`,
    );
    await expect(change).rejects.toThrow();
  });
});

describe("the list", () => {
  it("has what is not resolved and what was of late, the newest first, by pages", async () => {
    const own = await makeTenant();
    const reader = contextOf(own, personWith("viewer"), now);
    const opened = (day: string, key: string, more = {}) =>
      makeIncident(own, { ...subject(key), openedAt: new Date(`2026-11-${day}T00:00:00Z`), ...more });
    await opened("01", "a");
    await opened("10", "b", { state: "resolved", resolvedAt: new Date("2026-11-19T00:00:00Z") });
    await opened("11", "c", { state: "resolved", resolvedAt: new Date("2026-11-12T00:00:00Z") });
    await opened("12", "d", { state: "acknowledged", severity: "critical" });
    const keys = async (input = {}) =>
      (await listIncidents(reader, input)).incidents.map((incident) => incident.subject.key).join("");
    expect(await keys()).toBe("dba");
    expect(await keys({ states: ["resolved"] })).toBe("cb");
    expect(await keys({ limit: 2 })).toBe("db");
    expect(await keys({ limit: 2, offset: 2 })).toBe("a");
    expect(await keys({ subject: { kind: "feature", key: "a" } })).toBe("a");
    expect(await keys({ rule: "spike" })).toBe("");
    expect(await keys({ from: "2026-11-10T00:00:00Z", to: "2026-11-12T00:00:00Z" })).toBe("b");
    const { hasMore, unresolved } = await listIncidents(reader, { limit: 2 });
    expect([hasMore, unresolved]).toEqual([true, { open: 1, acknowledged: 1, snoozed: 0, critical: 0 }]);
  });

  it("has the worst first if asked: the gravest, then what costs most beyond what was expected", async () => {
    const own = await makeTenant();
    const reader = contextOf(own, personWith("viewer"), now);
    const make = (key: string, more: Partial<Incident>) => makeIncident(own, { ...subject(key), ...more });
    await make("a", { severity: "warning", impactUsd: "90" });
    await make("b", { severity: "critical", impactUsd: null });
    await make("c", { severity: "critical", impactUsd: "9.5" });
    await make("d", { severity: "critical", impactUsd: "10" });
    await make("e", { severity: "info", impactUsd: "1000" });
    await make("f", { severity: "warning", impactUsd: null });
    const worst = async (limit: number) => {
      const { incidents } = await listIncidents(reader, { states: ["open"], order: "worst", limit });
      return incidents.map((incident) => incident.subject.key).join("");
    };
    expect(await worst(3)).toBe("dcb");
    expect(await worst(100)).toBe("dcbafe");
  });

  it("says who has what somebody took or put off, and of nothing else", async () => {
    const own = await makeTenant();
    const colleague = contextOf(own, await makeMember(own, "admin"), now);
    const first = contextOf(own, await makeMember(own, "finance"), now);
    const personOf = ({ actor }: TestCtx) => (actor.kind === "person" ? actor.personId : "");
    const make = async (key: string) => (await makeIncident(own, subject(key))).id;
    const [taken, handed, done] = [await make("taken"), await make("handed"), await make("done")];
    await make("open");
    await acknowledgeIncident(first, { id: taken });
    await noteIncident(colleague, { id: taken, note: "seen" });
    await acknowledgeIncident(first, { id: handed });
    await snoozeIncident(colleague, { id: handed, until });
    await acknowledgeIncident(first, { id: done });
    await resolveIncident(first, { id: done });
    const { incidents } = await listIncidents(first, {});
    const holders = incidents.map((incident) => [incident.subject.key, incident.heldBy] as const);
    expect(new Map(holders)).toEqual(
      new Map([
        ["taken", personOf(first)],
        ["handed", personOf(colleague)],
        ["done", null],
        ["open", null],
      ]),
    );
  });

  it("has none of another tenant's", async () => {
    const { id } = await makeIncident(await makeTenant(), subject("theirs"));
    await expect(readIncident(ctx, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(resolveIncident(ctx, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const found = await asAdmin("SELECT state FROM incident WHERE id = $1", [id]);
    expect(found).toEqual([{ state: "open" }]);
  });
});
