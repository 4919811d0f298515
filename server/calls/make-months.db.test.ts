import { beforeAll, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { asAdmin, contextOf, ingestKey, makeTenant, personWith } from "@/tests/factories/tenant";
import { makeMonths } from "./make-months";

const now = new Date("2026-11-20T12:00:00Z");
let tenant: Tenant;
beforeAll(async () => {
  tenant = await makeTenant();
});
const monthsLike = async (pattern: string) =>
  (
    await asAdmin<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relispartition AND relname LIKE $1 ORDER BY relname",
      [pattern],
    )
  ).map(({ name }) => name);

it("makes the months of history once, and none that is still to come", async () => {
  const ctx = contextOf(tenant, personWith("finance"), now);
  await makeMonths(ctx, ["2021-03", "2021-02", "2029-01"]);
  await makeMonths(ctx, ["2021-03"]);
  expect(await monthsLike("call_2021%")).toEqual(["call_2021_02", "call_2021_03"]);
  expect(await monthsLike("call_2029%")).toEqual([]);
});

it("is not for senders of live calls", async () => {
  await expect(makeMonths(contextOf(tenant, ingestKey, now), ["2021-04"])).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await monthsLike("call_2021_04")).toEqual([]);
});
