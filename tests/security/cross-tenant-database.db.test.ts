import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "@/server/launch/provision";
import { fillTables, fingerprints, type Owner, type Table } from "../factories/rows";
import { createTestDatabase, type TestDatabase, testDatabase } from "../setup/database";
import {
  attempt,
  callEach,
  type Context,
  contexts,
  operations,
  type Outcome,
  type Parties,
  relationsFor,
} from "./cross-tenant-attempts";
import { callable, exceptions, type Operation } from "./cross-tenant-exceptions";

const owner = (canary: string): Owner => ({ tenantId: randomUUID(), id: randomUUID(), canary });
const parties: Parties = { self: owner("canary-ada"), victim: owner("canary-bob") };

async function seed(database: TestDatabase): Promise<Table[]> {
  return withClient(database.adminUrl, async (admin) => {
    await fillTables(admin, parties.self);
    return fillTables(admin, parties.victim);
  });
}

/**
 * One connection for each runtime role, which the catalogue names: a role without a URL here fails the suite. The readers
 * of BI access, made and dropped by other tests meanwhile, are attacked in bi.db.test.ts.
 */
async function connectRoles(database: TestDatabase): Promise<Map<string, Client>> {
  const { DATABASE_MIGRATE_URL, ...urls } = database.urls;
  const known = new Map(Object.values(urls).map((url) => [new URL(url).username, url]));
  const named = await withClient(database.adminUrl, (admin) =>
    admin.query<{ role: string }>(
      "SELECT rolname AS role FROM pg_roles WHERE rolcanlogin AND oid <> 10 AND rolname <> $1 AND rolname !~ '^tlr_' ORDER BY 1",
      [new URL(DATABASE_MIGRATE_URL).username],
    ),
  );
  expect(named.rows.map(({ role }) => role)).toEqual([...known.keys()].sort());
  const clients = new Map<string, Client>();
  for (const [role, connectionString] of known) {
    const client = new Client({ connectionString });
    await client.connect();
    clients.set(role, client);
  }
  return clients;
}

const isExcepted = (role: string, relation: string, operation: Operation) =>
  exceptions.some(
    (one) => one.role === role && one.relation === relation && one.operations.includes(operation),
  );
const told = (role: string, { operation, relation, context, effect, note }: Outcome) =>
  `${role} ${operation} ${relation} (${context}): ${effect} ${note}`;

let tables: Table[];
let roles: Map<string, Client>;
beforeAll(async () => {
  tables = await seed(testDatabase());
  roles = await connectRoles(testDatabase());
});
afterAll(async () => {
  for (const client of roles.values()) await client.end();
});
const printAll = () => withClient(testDatabase().adminUrl, (admin) => fingerprints(admin, tables));

/** Everything that is not excepted, by every role. @returns how often it was tried, and what had an effect */
async function attack(
  clients: Map<string, Client>,
  known: Table[],
  end: "COMMIT" | "ROLLBACK",
  only?: string,
) {
  const leaks: string[] = [];
  let attempts = 0;
  for (const [role, client] of clients) {
    for (const relation of await relationsFor(client, known)) {
      if (only !== undefined && relation.name !== only) continue;
      for (const operation of operations) {
        if (
          isExcepted(role, relation.name, operation) ||
          (operation === "MOVE" && !relation.table?.ofTenants)
        )
          continue;
        for (const context of contexts) {
          const outcome = await attempt(client, relation, operation, context, parties, end);
          attempts += 1;
          if (outcome.effect > 0) leaks.push(told(role, outcome));
        }
      }
    }
  }
  return { attempts, leaks };
}

describe("in the database, as each login role", () => {
  it("no relation gives or takes another tenant's rows", async () => {
    const before = await printAll();
    expect(Object.values(before).filter((print) => !print.startsWith("2 rows"))).toEqual([]);
    const { attempts, leaks } = await attack(roles, tables, "COMMIT");
    expect(leaks).toEqual([]);
    expect(await printAll()).toEqual(before);
    expect(attempts).toBeGreaterThanOrEqual(1_000);
    console.info(`cross-tenant, database: ${attempts} attempts, 0 rows, 0 effects`);
  });

  it("no function is callable but the named ones", async () => {
    let calls = 0;
    for (const [role, client] of roles) {
      for (const context of contexts) {
        const results = await callEach(client, context, parties);
        calls += results.length;
        const open = results.filter(({ refused }) => !refused).map(({ signature }) => signature);
        expect(open.sort(), role).toEqual(
          callable.flatMap((one) => (one.role === role ? [one.signature] : [])).sort(),
        );
      }
    }
    console.info(`cross-tenant, functions: ${calls} calls, none but the named ones went through`);
  });

  it("what is excepted is needed: each exception works without a tenant", async () => {
    for (const { role, relation: name, operations: may } of exceptions) {
      const client = roles.get(role);
      const relation = client && (await relationsFor(client, tables)).find((one) => one.name === name);
      if (!client || !relation) throw new Error(`There is no ${role} or no ${name}`);
      for (const operation of may) {
        const outcome = await attempt(client, relation, operation, "none", parties, "ROLLBACK");
        expect(outcome.note.startsWith("42501") ? 0 : outcome.effect, told(role, outcome)).toBeGreaterThan(0);
      }
    }
  });

  it("each role reaches its own tenant's rows wherever it has a grant (positive control)", async () => {
    let reached = 0;
    for (const [role, client] of roles) {
      for (const relation of await relationsFor(client, tables)) {
        if (!relation.table?.ofTenants) continue;
        for (const operation of relation.granted) {
          const context: Context = role === "tokenledger_auth" ? "none" : "own tenant";
          const outcome = await attempt(client, relation, operation, context, parties, "ROLLBACK");
          expect(outcome.note.startsWith("42501") ? 0 : outcome.effect, told(role, outcome)).toBeGreaterThan(
            0,
          );
          reached += 1;
        }
      }
    }
    expect(reached).toBeGreaterThan(40);
    console.info(`cross-tenant, positive control: ${reached} grants reach the own tenant's rows`);
  });
});

const thisMonth = `call_${new Date().toISOString().slice(0, 7).replace("-", "_")}`;
/** Each opens one hole on a scratch database; the same attempts must fall through it. */
const holes: [relation: string, sql: string][] = [
  ["member", "ALTER TABLE member DISABLE ROW LEVEL SECURITY"],
  ["invitation", "ALTER POLICY tenant_only ON invitation WITH CHECK (true)"],
  ["call", "ALTER POLICY tenant_only ON call USING (true)"],
  ["rollup_day", "CREATE POLICY bi ON rollup_day FOR SELECT TO tokenledger_app USING (true)"],
  [
    thisMonth,
    `ALTER TABLE ${thisMonth} DISABLE ROW LEVEL SECURITY; GRANT SELECT ON ${thisMonth} TO tokenledger_app`,
  ],
  [
    "every_call",
    "CREATE VIEW every_call AS SELECT * FROM call; GRANT SELECT ON every_call TO tokenledger_ingest",
  ],
  ["person", "CREATE POLICY colleagues ON person FOR SELECT TO tokenledger_app USING (true)"],
  [
    "job_run",
    "CREATE POLICY everyone ON job_run USING (true); GRANT DELETE ON job_run TO tokenledger_ingest",
  ],
  [
    "new_table",
    "CREATE TABLE new_table (tenant_id uuid PRIMARY KEY, note text); GRANT SELECT, INSERT ON new_table TO tokenledger_app",
  ],
];

it("falls through every hole that is opened (mutation control)", async () => {
  const scratch = await createTestDatabase();
  await withClient(scratch.adminUrl, async (admin) => {
    for (const [, sql] of holes) await admin.query(sql);
  });
  const known = await seed(scratch);
  const clients = await connectRoles(scratch);
  const missed: string[] = [];
  for (const [relation, sql] of holes) {
    if ((await attack(clients, known, "ROLLBACK", relation)).leaks.length === 0) missed.push(sql);
  }
  for (const client of clients.values()) await client.end();
  expect(missed).toEqual([]);
});
