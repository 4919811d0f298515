import { randomUUID } from "node:crypto";
import { Client } from "pg";
import type { Actor, Role } from "@/server/auth/permissions";
import { createContext, type Ctx, type Tenant } from "@/server/context";
import { appendSnapshot } from "@/server/prices/append-snapshot";
import type { DomainEvent } from "@/server/events";
import { testDatabase } from "../setup/database";

/** Runs SQL as the superuser: what really is there, whatever the policies show. */
export async function asAdmin<Row extends Record<string, unknown>>(
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: testDatabase().adminUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** A tenant straight in the table, named after its slug. */
export async function makeTenant(overrides: Partial<Tenant> = {}): Promise<Tenant> {
  const id = overrides.id ?? randomUUID();
  const slug = overrides.slug ?? `t-${id.slice(0, 8)}`;
  const tenant: Tenant = { id, slug, name: slug, timeZone: "UTC", latencyBufferMinutes: 60, ...overrides };
  await asAdmin("INSERT INTO tenant (tenant_id, slug, name, time_zone, latency_buffer_minutes) VALUES ($1, $2, $3, $4, $5)", [
    tenant.id, tenant.slug, tenant.name, tenant.timeZone, tenant.latencyBufferMinutes,
  ]); // prettier-ignore
  return tenant;
}

export interface TestCtx extends Ctx {
  emitted: DomainEvent[];
}

export const system: Actor = { kind: "system", job: "test" };
export const ingestKey: Actor = {
  kind: "key",
  keyId: "00000000-0000-4000-8000-00000000000a",
  scopes: ["ingest"],
  pins: {},
};
export const personWith = (role: Role): Actor => ({
  kind: "person",
  personId: "00000000-0000-4000-8000-00000000000b",
  email: "test@example.com",
  role,
});

/** A context whose events land in an array. */
export function contextOf(tenant: Tenant, actor: Actor, now: Date): TestCtx {
  const emitted: DomainEvent[] = [];
  const ctx = createContext({
    tenant,
    actor,
    now,
    requestId: "test",
    emit: (event) => Promise.resolve(void emitted.push(event)),
  });
  return { ...ctx, emitted };
}

/** The base prices, as an installation has them from its first start. */
export async function loadPrices(now: Date): Promise<void> {
  await appendSnapshot({ now });
}
