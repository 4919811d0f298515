import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { withClient } from "@/server/launch/provision";
import { fillTables, type Owner, type Table } from "../factories/rows";
import type { TestDatabase } from "../setup/database";
import * as bi from "./bi-attempts";

/** A SQL login that means harm, and the tenant that it wants. */
export interface Scene {
  database: TestDatabase;
  self: Owner;
  victim: Owner;
  login: bi.ReaderLogin;
  other: bi.ReaderLogin;
  tables: Table[];
}

const owner = (canary: string): Owner => ({ tenantId: randomUUID(), id: randomUUID(), canary });

/** Rows of both in every table, many of the victim's, so that the server's statistics are full of them. */
export async function makeScene(database: TestDatabase): Promise<Scene> {
  const [self, victim] = [owner("canary-ada"), owner("canary-bob")];
  const tables = await withClient(database.adminUrl, async (admin) => {
    await fillTables(admin, self);
    const filled = await fillTables(admin, victim);
    const copies: [table: string, column: string, value: string][] = [
      ["call", "occurred_at", "now() - copy * interval '1 second'"],
      ["rollup_day", "n", "1000 + copy"],
      ["rollup_user_day", "n", "1000 + copy"],
    ];
    for (const [table, column, value] of copies)
      await admin.query(`INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object('${column}', ${value}))).*
        FROM ${table} t, generate_series(1, 3000) AS copy WHERE tenant_id = '${victim.tenantId}'`);
    await admin.query("ANALYZE");
    return filled;
  });
  const [login, other] = [
    await bi.makeLogin(database, self.tenantId),
    await bi.makeLogin(database, victim.tenantId),
  ];
  return { database, self, victim, login, other, tables };
}
export async function endScene({ database, self, victim, login, other }: Scene): Promise<void> {
  await bi.dropLogin(database, self.tenantId, login);
  await bi.dropLogin(database, victim.tenantId, other);
}

export async function asReader<T>({ login }: Scene, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await bi.connect(login.url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
export const asAdmin = <T>({ database }: Scene, work: (client: Client) => Promise<T>) =>
  withClient(database.adminUrl, work);

const ofServer = new Set(["pg_catalog", "information_schema", "pg_toast"]);
/** Reads as much as each stance is worth, looking for the victim. */
export async function readInEveryStance(
  scene: Scene,
  { withSettings = true } = {},
): Promise<{ reads: number; leaks: string[] }> {
  const leaks: string[] = [];
  let reads = 0;
  const all = await asAdmin(scene, (admin) => bi.stances(admin, scene.victim, scene.other.role));
  const relations = await asReader(scene, (client) => bi.allRelations(client));
  for (const stance of all) {
    if (stance.reads === "views" && !withSettings) continue;
    const wanted = relations.filter(
      ({ schema }) =>
        stance.reads === "all" || (stance.reads === "own" ? !ofServer.has(schema) : schema === "bi"),
    );
    await asReader(scene, async (client) => {
      for (const sql of stance.says) await bi.refusalOf(client, sql);
      const seen = await bi.lookFor(client, wanted, bi.marksOf(scene.victim));
      leaks.push(...seen.map(({ relation, rows }) => `${stance.name}: ${relation} ${rows[0] ?? ""}`));
      reads += wanted.length;
    });
  }
  return { reads, leaks };
}
