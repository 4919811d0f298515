import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { advanceErasure } from "@/server/privacy/advance-erasure";
import { eraseUser } from "@/server/privacy/erase-user";
import { makeMember, makePerson } from "@/tests/factories/person";
import { asAdmin, contextOf, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { endBudget } from "./end";
import { budgetHistory } from "./history";
import { listBudgets } from "./list";
import { setBudget } from "./set";

const at = (text: string) => new Date(text);
const feature = { kind: "feature", key: "chat" } as const;

let tenant: Tenant;
beforeAll(async () => {
  tenant = await makeTenant();
});
const ctx = (now = at("2026-11-21T12:00:00Z"), of = tenant) => contextOf(of, personWith("finance"), now);
const auditOf = (id: string) =>
  asAdmin<{ action: string; before: unknown; after: unknown }>(
    "SELECT action, before, after FROM audit_event WHERE tenant_id = $1 AND subject = $2 ORDER BY seq",
    [tenant.id, id],
  );

describe("a budget", () => {
  it("is set, changed, set back, ended and set again, and remembers all of it", async () => {
    const days = ["2026-11-01", "2026-11-05", "2026-11-06", "2026-11-10", "2026-11-12"].map((day) => at(`${day}T09:00:00Z`)); // prettier-ignore
    const first = await setBudget(ctx(days[0]), { subject: feature, amountUsd: "100" });
    expect(first.before).toBeNull();
    expect(first.budget).toMatchObject({ version: 1, thresholds: [70, 90, 100], period: "month" });
    const dearer = await setBudget(ctx(days[1]), {
      subject: feature,
      amountUsd: "250.50",
      thresholds: [100, 50],
    });
    expect(dearer.before).toMatchObject({ version: 1, amountUsd: "100" });
    const back = await setBudget(ctx(days[2]), { subject: feature, amountUsd: "100", thresholds: dearer.before?.thresholds }); // prettier-ignore
    const { id } = back.budget;
    await endBudget(ctx(days[3]), { id });
    const again = await setBudget(ctx(days[4]), { subject: feature, amountUsd: "300" });
    expect(again.before).toBeNull();
    const { versions } = await budgetHistory(ctx(), { id });
    expect(versions.map(({ version, amountUsd, validFrom, validTo }) => [version, amountUsd, validFrom, validTo])).toEqual([
      [4, "300", days[4], null],
      [3, "100", days[2], days[3]],
      [2, "250.5", days[1], days[2]],
      [1, "100", days[0], days[1]],
    ]); // prettier-ignore
    expect((await auditOf(id)).map(({ action }) => action)).toEqual(["budget.set", "budget.set", "budget.set", "budget.ended", "budget.set"]); // prettier-ignore
  });

  it("stays as it is when what is set is what it holds", async () => {
    const subject = { kind: "team", key: "growth" } as const;
    const one = await setBudget(ctx(), { subject, amountUsd: "50" });
    const same = await setBudget(ctx(at("2026-11-22T00:00:00Z")), { subject, amountUsd: "50.00" });
    expect(same.budget.version).toBe(1);
    expect(await auditOf(one.budget.id)).toHaveLength(1);
  });

  it("keeps thresholds that were chosen when only the amount changes", async () => {
    const subject = { kind: "team", key: "research" } as const;
    await setBudget(ctx(), { subject, amountUsd: "50", thresholds: [60, 120] });
    const { budget } = await setBudget(ctx(), { subject, amountUsd: "60" });
    expect(budget.thresholds).toEqual([60, 120]);
  });

  it("has one version in force, however many change it at once", async () => {
    const subject = { kind: "environment", key: "staging" } as const;
    const amounts = Array.from({ length: 4 }, (_, n) => String(n + 1));
    await Promise.all(amounts.map((amountUsd) => setBudget(ctx(), { subject, amountUsd })));
    const rows = await asAdmin(
      "SELECT version, valid_to IS NULL AS open FROM budget WHERE tenant_id = $1 AND subject_key = 'staging' ORDER BY version",
      [tenant.id],
    );
    expect(rows).toEqual(amounts.map((_, n) => ({ version: n + 1, open: n === 3 })));
  });

  it("can be of a month and of a day at once", async () => {
    const subject = { kind: "tenant", key: "" } as const;
    await setBudget(ctx(), { subject, amountUsd: "3000" });
    await setBudget(ctx(), { subject, amountUsd: "150", period: "day" });
    const { budgets } = await listBudgets(ctx());
    expect(budgets.filter(({ budget }) => budget.subject.kind === "tenant")).toHaveLength(2);
  });

  it("belongs to a member", async () => {
    const person = await makePerson();
    const input = { subject: feature, amountUsd: "1", ownerId: person.personId };
    await expect(setBudget(ctx(), input)).rejects.toMatchObject({ code: "INVALID_INPUT", data: { field: "ownerId" } }); // prettier-ignore
    await makeMember(tenant, "viewer", person);
    expect((await setBudget(ctx(), input)).budget.ownerId).toBe(person.personId);
    await asAdmin("DELETE FROM member WHERE person_id = $1", [person.personId]);
    const dearer = await setBudget(ctx(), { ...input, amountUsd: "2" });
    expect(dearer.budget.ownerId).toBe(person.personId);
  });

  it.each(["0", "-5", "1e3", "12.345", "abc", "123456789"])(
    "is refused an amount of %s",
    async (amountUsd) => {
      await expect(setBudget(ctx(), { subject: feature, amountUsd })).rejects.toMatchObject({ name: "ZodError" }); // prettier-ignore
    },
  );

  it("is not for somebody without a name, nor the organisation for somebody", async () => {
    for (const subject of [
      { kind: "feature", key: "" },
      { kind: "tenant", key: "chat" },
    ] as const)
      await expect(setBudget(ctx(), { subject, amountUsd: "1" })).rejects.toMatchObject({ name: "ZodError" });
  });
});

it("another tenant's is no budget, and a viewer changes none", async () => {
  const { budget } = await setBudget(ctx(), { subject: { kind: "team", key: "core" }, amountUsd: "9" });
  const stranger = ctx(undefined, await makeTenant());
  const absent = endBudget(stranger, { id: randomUUID() });
  await expect(absent).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(endBudget(stranger, { id: budget.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(budgetHistory(stranger, { id: budget.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await listBudgets(stranger)).budgets).toEqual([]);
  const viewer = contextOf(tenant, personWith("viewer"), at("2026-11-21T12:00:00Z"));
  await expect(endBudget(viewer, { id: budget.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(setBudget(viewer, { subject: feature, amountUsd: "1" })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
});

it("forgets a person: neither the log nor any version names one, and of two budgets one goes on", async () => {
  const of = await makeTenant();
  const here = ctx(undefined, of);
  const name = "ada@budgets.example";
  const first = await setBudget(here, {
    subject: { kind: "user", key: name },
    amountUsd: "5",
    note: "for Ada",
  });
  // The same person by an id with a space before it: another subject until she is forgotten by it.
  const untidy = ` ${name}`;
  await setBudget(here, { subject: { kind: "user", key: untidy }, amountUsd: "6" });
  const logged = await asAdmin<{ row: string }>("SELECT t::text AS row FROM audit_event t WHERE tenant_id = $1", [of.id]); // prettier-ignore
  expect(logged.map(({ row }) => row).join()).not.toContain("ada@");
  await eraseUser(contextOf(of, personWith("owner"), here.now), { userId: untidy, confirm: untidy });
  const job = contextOf(of, system, here.now);
  for (let step = 0; step < 50 && (await advanceErasure(job)).more; step += 1);
  const rows = await asAdmin<{ subject_key: string; open: boolean }>(
    "SELECT subject_key, valid_to IS NULL AS open FROM budget WHERE tenant_id = $1",
    [of.id],
  );
  expect(rows.every(({ subject_key }) => subject_key.startsWith("erased_"))).toBe(true);
  expect(rows.filter(({ open }) => open)).toHaveLength(1);
  expect((await budgetHistory(here, { id: first.budget.id })).versions[0]?.subject.key).toMatch(/^erased_/);
});
