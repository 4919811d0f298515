import { describe, expect, test } from "vitest";
import { withTenant } from "@/server/db";
import { asAdmin, contextOf, makeTenant, personWith } from "@/tests/factories/tenant";
import { listAudit } from "./list";
import { recordAudit } from "./record";
import { verifyAudit } from "./verify";

const now = new Date("2026-11-01T12:00:00.123Z");

async function setUp(acts: number) {
  const ctx = contextOf(await makeTenant(), personWith("owner"), now);
  const act = (n: number) =>
    ctx.db.write((db) =>
      recordAudit(db, ctx, {
        action: "key.created",
        subject: String(n),
        after: { z: n, a: [1.5, null, "é"] },
      }),
    );
  for (let n = 0; n < acts; n++) await act(n);
  return { ctx, act };
}

describe("the audit log", () => {
  test("numbers parallel acts without gap or fork", async () => {
    const { ctx, act } = await setUp(0);
    // As many at once as the pool has connections: this is about the chain, not about waiting for one.
    for (let round = 0; round < 5; round++) await Promise.all([0, 1, 2, 3].map(act));
    expect(await verifyAudit(ctx)).toMatchObject({ events: "20", brokenAt: null });
  });

  test("is of the transaction of the act: undone with it", async () => {
    const { ctx } = await setUp(1);
    const failing = ctx.db.write(async (db) => {
      await recordAudit(db, ctx, { action: "key.revoked", subject: "x" });
      throw new Error("later failure");
    });
    await expect(failing).rejects.toThrow("later failure");
    expect((await listAudit(ctx, {})).events).toHaveLength(1);
  });

  test("pages from the newest back", async () => {
    const { ctx } = await setUp(5);
    const first = await listAudit(ctx, { limit: 2 });
    const second = await listAudit(ctx, { limit: 2, cursor: first.nextCursor });
    const third = await listAudit(ctx, { limit: 2, cursor: second.nextCursor });
    expect([first, second, third].map((page) => page.events.map((event) => event.seq))).toEqual([
      ["5", "4"],
      ["3", "2"],
      ["1"],
    ]);
    expect(third.nextCursor).toBeNull();
    await expect(listAudit(ctx, { cursor: "0; DROP" })).rejects.toThrow("cursor");
  });

  test.each([
    ["an altered entry", "UPDATE audit_event SET subject = 'other' WHERE tenant_id = $1 AND seq = 2", "2"],
    ["altered facts", `UPDATE audit_event SET after = '{"z": 9}' WHERE tenant_id = $1 AND seq = 3`, "3"],
    ["a deleted entry", "DELETE FROM audit_event WHERE tenant_id = $1 AND seq = 2", "2"],
  ])("shows %s, even if the owner of the tables did it", async (_, sql, brokenAt) => {
    const { ctx } = await setUp(4);
    await asAdmin(sql, [ctx.tenant.id]);
    expect(await verifyAudit(ctx)).toMatchObject({ brokenAt });
  });

  test.each(["UPDATE audit_event SET subject = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"])(
    "cannot be changed by the product: %s",
    async (sql) => {
      const { ctx } = await setUp(1);
      const change = withTenant("app", ctx.tenant.id, (db) => db.$executeRawUnsafe(sql));
      await expect(change).rejects.toThrow(/permission denied/);
    },
  );

  test("of one tenant says nothing to another", async () => {
    await setUp(3);
    const { ctx: other } = await setUp(0);
    expect(await listAudit(other, {})).toEqual({ events: [], nextCursor: null });
    const viewer = contextOf(other.tenant, personWith("viewer"), now);
    await expect(listAudit(viewer, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
