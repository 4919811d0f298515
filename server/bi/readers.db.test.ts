import { Client } from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { listAudit } from "@/server/audit/list";
import type { Role } from "@/server/auth/permissions";
import type { Tenant } from "@/server/context";
import { withClient } from "@/server/launch/provision";
import { asAdmin, contextOf, makeTenant, personWith } from "@/tests/factories/tenant";
import { createTestDatabase, testDatabase } from "@/tests/setup/database";
import { createReader } from "./create";
import { listReaders } from "./list";
import { revokeReader } from "./revoke";
import { rotateReader } from "./rotate";
import { connectionsPerReader, readersPerTenant } from "./schemas";

const now = new Date("2026-11-20T12:00:00Z");
const as = (tenant: Tenant, role: Role = "admin") => contextOf(tenant, personWith(role), now);
const make = (tenant: Tenant, name = "Metabase") => createReader(as(tenant), { name });

/** As a BI tool connects: by the line that was shown. */
async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return client;
}
const roleOf = async (user: string) =>
  (await asAdmin<{ login: boolean; limit: number }>(`SELECT rolcanlogin AS login, rolconnlimit AS "limit" FROM pg_roles WHERE rolname = $1`, [user]))[0]; // prettier-ignore

// Roles belong to the whole server, and readers share a part of its connections.
afterEach(async () => {
  const rows = await asAdmin<{ tenant_id: string; id: string }>("SELECT tenant_id, id FROM bi_login");
  for (const { tenant_id: tenantId, id } of rows) {
    const [tenant] = await asAdmin<{ slug: string }>("SELECT slug FROM tenant WHERE tenant_id = $1", [
      tenantId,
    ]);
    await revokeReader(as({ id: tenantId, slug: tenant?.slug ?? "", name: "", timeZone: "UTC", latencyBufferMinutes: 60 }), { id }); // prettier-ignore
  }
});

describe("a reader", () => {
  it("logs in by the line that is shown once, and reads the views read-only", async () => {
    const tenant = await makeTenant();
    const made = await make(tenant);
    const { port, pathname } = new URL(testDatabase().adminUrl);
    expect(made).toMatchObject({ host: "127.0.0.1", port: Number(port), database: pathname.slice(1) });
    expect(made.user).toMatch(/^tlr_[0-9a-f]{20}$/);
    expect(made.password.length).toBeGreaterThanOrEqual(43);
    const client = await connect(made.url);
    const facts = await client.query<Record<string, unknown>>(
      `SELECT current_user AS user, current_setting('default_transaction_read_only') AS read_only, current_setting('search_path') AS path,
         current_setting('statement_timeout') AS timeout, current_setting('temp_file_limit') AS files, (SELECT count(*)::int FROM calls) AS calls`,
    );
    await client.end();
    expect(facts.rows).toEqual([
      { user: made.user, read_only: "on", path: "bi", timeout: "1min", files: "2GB", calls: 0 },
    ]);
  });

  it("is known to the server by a verifier alone", async () => {
    const made = await make(await makeTenant());
    const [kept] = await asAdmin<{ password: string }>("SELECT rolpassword AS password FROM pg_authid WHERE rolname = $1", [made.user]); // prettier-ignore
    expect(kept?.password).toMatch(/^SCRAM-SHA-256\$4096:/);
    const everywhere = await asAdmin<{ row: string }>(
      "SELECT t::text AS row FROM bi_login t UNION ALL SELECT t::text FROM audit_event t",
    );
    expect(JSON.stringify(everywhere)).toContain(made.user);
    expect(JSON.stringify(everywhere)).not.toContain(made.password);
  });

  it("is listed with its name and without any secret, to its own tenant alone", async () => {
    const [ada, bob] = [await makeTenant(), await makeTenant()];
    const made = await make(ada, "Grafana of Ada");
    expect(await listReaders(as(ada))).toMatchObject({
      address: { host: "127.0.0.1", isLocal: true },
      readers: [{ id: made.id, name: "Grafana of Ada", user: made.user, createdAt: now.toISOString(), rotatedAt: null }],
    }); // prettier-ignore
    expect(JSON.stringify(await listReaders(as(ada)))).not.toContain(made.password);
    expect((await listReaders(as(bob))).readers).toEqual([]);
  });

  it("has so many connections and no more, whatever its owner sets", async () => {
    const made = await make(await makeTenant());
    expect(await roleOf(made.user)).toEqual({ login: true, limit: connectionsPerReader });
    const open: Client[] = [];
    for (let n = 0; n < connectionsPerReader; n++) open.push(await connect(made.url));
    await expect(connect(made.url)).rejects.toMatchObject({ code: "53300" });
    await open[0]?.query("SET default_transaction_read_only = off");
    for (const right of ["CONNECTION LIMIT 50", "SUPERUSER", "CREATEROLE", "BYPASSRLS", "CREATEDB"])
      await expect(open[0]?.query(`ALTER ROLE ${made.user} ${right}`)).rejects.toMatchObject({
        code: "42501",
      });
    await expect(open[0]?.query("SET temp_file_limit = -1")).rejects.toMatchObject({ code: "42501" });
    for (const client of open) await client.end();
  });

  it("with another password: the old one is refused, open sessions end, what its owner set is set back", async () => {
    const tenant = await makeTenant();
    const made = await make(tenant);
    const open = await connect(made.url);
    await open.query("SET default_transaction_read_only = off");
    await open.query(`ALTER ROLE ${made.user} SET statement_timeout = 0`);
    const ended = new Promise((resolve) => open.once("end", resolve));
    const rotated = await rotateReader(as(tenant), { id: made.id });
    await ended;
    expect(rotated).toMatchObject({ id: made.id, user: made.user, port: made.port });
    await expect(connect(made.url)).rejects.toMatchObject({ code: "28P01" });
    const again = await connect(rotated.url);
    const { rows } = await again.query("SELECT current_setting('statement_timeout') AS timeout");
    await again.end();
    expect(rows).toEqual([{ timeout: "1min" }]);
    expect((await listReaders(as(tenant))).readers[0]?.rotatedAt).toBe(now.toISOString());
  });

  it("revoked is out in the middle of a statement, and its role is gone", async () => {
    const tenant = await makeTenant();
    const made = await make(tenant);
    const open = await connect(made.url);
    const cutOff = expect(open.query("SELECT pg_sleep(60)")).rejects.toThrow();
    const isBusy = () => asAdmin("SELECT pid FROM pg_stat_activity WHERE usename = $1 AND state = 'active'", [made.user]); // prettier-ignore
    await expect.poll(isBusy).toHaveLength(1);
    await revokeReader(as(tenant), { id: made.id });
    await cutOff;
    await expect(connect(made.url)).rejects.toMatchObject({ code: "28P01" });
    expect(await roleOf(made.user)).toBeUndefined();
    expect(await asAdmin("SELECT id FROM bi_login WHERE id = $1", [made.id])).toEqual([]);
    await expect(revokeReader(as(tenant), { id: made.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(rotateReader(as(tenant), { id: made.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("cannot keep itself alive by what it owns", async () => {
    const tenant = await makeTenant();
    const made = await make(tenant);
    const client = await connect(made.url);
    await client.query("SET default_transaction_read_only = off");
    await client.query("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
    await client.query("ALTER DEFAULT PRIVILEGES FOR ROLE CURRENT_USER GRANT EXECUTE ON FUNCTIONS TO tokenledger_reader"); // prettier-ignore
    await client.end();
    await revokeReader(as(tenant), { id: made.id });
    expect(await roleOf(made.user)).toBeUndefined();
  });

  it("that owns something in another database stays behind, but cannot log in", async () => {
    const tenant = await makeTenant();
    const made = await make(tenant);
    const other = await createTestDatabase();
    const elsewhere = new URL(made.url);
    elsewhere.pathname = `/${other.name}`;
    const client = await connect(elsewhere.toString());
    await client.query("SET default_transaction_read_only = off");
    await client.query("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
    await revokeReader(as(tenant), { id: made.id });
    expect(await roleOf(made.user)).toMatchObject({ login: false });
    expect(await asAdmin("SELECT 1 FROM pg_auth_members m WHERE m.member = $1::regrole", [made.user])).toEqual([]); // prettier-ignore
    await withClient(other.adminUrl, (admin) =>
      admin.query(`DROP OWNED BY ${made.user}; DROP ROLE ${made.user}`),
    );
  });

  it("that the server has lost, as after a dump is restored, is made anew by another password", async () => {
    const tenant = await makeTenant();
    const made = await make(tenant);
    await asAdmin(`DROP ROLE ${made.user}`);
    const again = await connect((await rotateReader(as(tenant), { id: made.id })).url);
    await again.query("SELECT * FROM bi.calls");
    await again.end();
    await asAdmin(`DROP ROLE ${made.user}`);
    expect(await revokeReader(as(tenant), { id: made.id })).toEqual({ id: made.id });
  });
});

describe("who may", () => {
  it.each(["viewer", "finance"] as const)("not a %s", async (role) => {
    const tenant = await makeTenant();
    const { id } = await make(tenant);
    const acts = [
      () => listReaders(as(tenant, role)),
      () => createReader(as(tenant, role), { name: "x" }),
      () => rotateReader(as(tenant, role), { id }),
      () => revokeReader(as(tenant, role), { id }),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("nobody of another tenant, and nothing happens to what they name", async () => {
    const [ada, bob] = [await makeTenant(), await makeTenant()];
    const made = await make(ada);
    const before = await roleOf(made.user);
    for (const act of [rotateReader, revokeReader])
      await expect(act(as(bob, "owner"), { id: made.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await roleOf(made.user)).toEqual(before);
    await (await connect(made.url)).end();
  });

  it("the keeper's functions touch no role but a reader, and none of another tenant", async () => {
    const [ada, bob] = [await makeTenant(), await makeTenant()];
    const made = await make(ada);
    const verifier = "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA";
    const call = (tenant: Tenant, sql: string) =>
      as(tenant).db.write((db) => db.$queryRawUnsafe<{ answer: string | null }[]>(`SELECT ${sql} AS answer`));
    const another = "00000000-0000-4000-8000-000000000001";
    for (const name of ["tokenledger_app", "postgres", made.user, `${made.user}0`, 'tlr_"; DROP ROLE x --'])
      await expect(call(bob, `bi_create_reader('${another}', '${name}', '${verifier}', 'x', 'x', now())`)).rejects.toThrow(); // prettier-ignore
    await expect(call(bob, `bi_create_reader('${another}', 'tlr_0123456789abcdef0123', 'plain password', 'x', 'x', now())`)).rejects.toThrow(/outside/); // prettier-ignore
    expect(await call(bob, `bi_rotate_reader('${made.id}', '${verifier}', now())`)).toEqual([{ answer: null }]); // prettier-ignore
    expect(await call(bob, `bi_revoke_reader('${made.id}')`)).toEqual([{ answer: null }]);
    await (await connect(made.url)).end();
    expect(await asAdmin("SELECT count(*)::int AS n FROM bi_login")).toEqual([{ n: 1 }]);
  });
});

it("makes no more readers than a tenant may have, nor than the server has connections for", async () => {
  const ada = await makeTenant();
  for (let n = 0; n < readersPerTenant; n++) await make(ada, `reader ${n}`);
  await expect(make(ada)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("5 readers already") as string,
  });
  const [{ most } = { most: 0 }] = await asAdmin<{ most: number }>("SELECT current_setting('max_connections')::int / 2 / 5 AS most"); // prettier-ignore
  let other = ada;
  for (let n = readersPerTenant; n < most; n++) {
    if (n % readersPerTenant === 0) other = await makeTenant();
    await make(other);
  }
  await expect(make(await makeTenant())).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("no connections to spare") as string }); // prettier-ignore
  expect((await listReaders(as(ada))).readers).toHaveLength(readersPerTenant);
});

it("is in the audit log, without any secret", async () => {
  const tenant = await makeTenant();
  const made = await make(tenant, "Looker");
  const rotated = await rotateReader(as(tenant), { id: made.id });
  await revokeReader(as(tenant), { id: made.id });
  const { events } = await listAudit(as(tenant), {});
  expect(events.map(({ action, subject }) => [action, subject])).toEqual([
    ["bi-reader.revoked", made.id],
    ["bi-reader.rotated", made.id],
    ["bi-reader.created", made.id],
  ]);
  for (const { password } of [made, rotated]) expect(JSON.stringify(events)).not.toContain(password);
});
