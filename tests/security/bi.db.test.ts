import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fingerprints } from "../factories/rows";
import { createTestDatabase, testDatabase } from "../setup/database";
import * as bi from "./bi-attempts";
import { callBuiltIns, deeds, tryRoles, tryWrites } from "./bi-deeds";
import { asAdmin, asReader, endScene, makeScene, readInEveryStance, type Scene } from "./bi-scene";
import { callEach, contexts } from "./cross-tenant-attempts";

const thisMonth = `call_${new Date().toISOString().slice(0, 7).replace("-", "_")}`;
const views = ["calls", "corrections", "daily_cost", "features", "prompts", "users"].map(
  (name) => `bi.${name}`,
);

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene(testDatabase());
});
afterAll(() => endScene(scene));

describe("a reader of BI access", () => {
  it("sees its own tenant's rows in each view, and no others", async () => {
    await asReader(scene, async (client) => {
      const { rows } = await client.query<{ name: string }>("SELECT format('%I.%I', schemaname, viewname) AS name FROM pg_views WHERE schemaname = 'bi' ORDER BY 1"); // prettier-ignore
      expect(rows.map(({ name }) => name)).toEqual(views);
      for (const { name } of rows) {
        const own = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
        expect(own.rows, name).toHaveLength(1);
        expect(own.rows[0]?.row).toContain("canary-ada");
      }
    });
  });

  it(
    "reads nothing of others, whatever it sets, in any relation of any schema",
    { timeout: 120_000 },
    async () => {
      const { reads, leaks } = await readInEveryStance(scene);
      expect(leaks).toEqual([]);
      expect(reads).toBeGreaterThan(1_500);
      console.info(`bi reader: ${reads} reads, 0 rows of others`);
    },
  );

  it("has no way to a table, partition or sequence but the views", async () => {
    await asReader(scene, async (client) => {
      await client.query("SET search_path = public, bi");
      const open: string[] = [];
      for (const { name, schema } of await bi.allRelations(client)) {
        if (schema === "pg_catalog" || schema === "information_schema") continue;
        if ((await bi.refusalOf(client, `SELECT count(*) FROM ${name}`)) === null) open.push(name);
      }
      expect(open).toEqual(views);
    });
  });

  it("changes nothing: not a row, not a lock, not a definition", { timeout: 120_000 }, async () => {
    const print = () => asAdmin(scene, async (admin) => ({
      ...(await fingerprints(admin, scene.tables)),
      catalogue: (await admin.query(`SELECT (SELECT count(*) FROM pg_class) AS relations, (SELECT count(*) FROM pg_proc) AS functions,
        (SELECT count(*) FROM pg_policy) AS policies, (SELECT count(*) FROM pg_largeobject_metadata) AS objects,
        (SELECT md5(string_agg(relacl::text, '' ORDER BY oid)) FROM pg_class) AS grants,
 (SELECT md5(string_agg(attacl::text, '' ORDER BY attrelid, attnum)) FROM pg_attribute) AS "columnGrants",
 (SELECT md5(string_agg(p::text, '' ORDER BY oid)) FROM pg_policy p) AS "policyTexts"`)).rows,
    })); // prettier-ignore
    const before = await print();
    await asReader(scene, async (client) => {
      await client.query("SET default_transaction_read_only = off");
      const relations = (await bi.allRelations(client)).map(({ name }) => name);
      const through = await tryWrites(client, relations);
      // PostgreSQL lets everybody change their own settings this way, as SET does.
      expect(through.filter((sql) => !/ pg_catalog\.pg_settings /.test(sql))).toEqual([]);
      const product = await bi.connect(scene.database.urls.DATABASE_URL);
      const { rows } = await product.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      const done: string[] = [];
      for (const sql of deeds(scene.login.role, rows[0]?.pid ?? 0))
        if ((await bi.refusalOf(client, sql)) === null) done.push(sql);
      await product.end();
      expect(done).toEqual([]);
    });
    expect(await print()).toEqual(before);
  });

  it("becomes nobody else, and nobody else becomes it", async () => {
    await asReader(scene, async (client) => {
      const { attempts, through } = await tryRoles(client, scene.login.role);
      expect(through).toEqual([]);
      expect(attempts).toBeGreaterThan(100);
      const { rows } = await client.query("SELECT current_user AS me, session_user AS as_session");
      expect(rows).toEqual([{ me: scene.login.role, as_session: scene.login.role }]);
    });
  });

  it(
    "calls none of our functions, and no function of the server's tells it of others",
    { timeout: 120_000 },
    async () => {
      await asReader(scene, async (client) => {
        await client.query("SET search_path = public, bi");
        for (const context of contexts) {
          const results = await callEach(client, context, scene);
          expect(results.length).toBeGreaterThan(5);
          expect(results.filter(({ refused }) => !refused)).toEqual([]);
        }
        const { calls, leaks } = await callBuiltIns(client, bi.marksOf(scene.victim));
        expect(leaks).toEqual([]);
        expect(calls).toBeGreaterThan(2_000);
        console.info(`bi reader: ${calls} calls of the server's functions, nothing of others`);
      });
    },
  );

  it("is told nothing by errors that quote values", async () => {
    await asReader(scene, async (client) => {
      for (const sql of [
        "SELECT 1 FROM bi.calls WHERE user_id::int = 1",
        "SELECT 1 FROM bi.users WHERE user_id::int = 1 AND day > '2000-01-01'",
        "SELECT 1 FROM bi.calls WHERE 1 / (CASE WHEN user_id LIKE 'canary-bob%' THEN 0 ELSE 1 END) = 1",
      ]) {
        const told = await client.query(sql).then(({ rows }) => JSON.stringify(rows), (error: unknown) => String(error)); // prettier-ignore
        expect(told).not.toMatch(/canary-bob|division/);
      }
    });
  });

  it("enters no other database but those that know readers, and finds nothing there", async () => {
    const { rows } = await asAdmin(scene, (admin) => admin.query<{ name: string }>("SELECT datname AS name FROM pg_database WHERE datallowconn")); // prettier-ignore
    const entered: string[] = [];
    for (const { name } of rows) {
      if (name === scene.database.name) continue;
      const url = new URL(scene.login.url);
      url.pathname = `/${name}`;
      const client = await bi.connect(url.toString()).catch(() => null);
      if (!client) continue;
      entered.push(name);
      for (const view of views) expect((await client.query(`SELECT FROM ${view}`)).rowCount).toBe(0);
      await client.end();
    }
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(["postgres", "template1"]));
    expect(entered.filter((name) => !/^(test_|tokenledger)/.test(name))).toEqual([]);
  });
});

/** Rows that the planner expects of a condition; it must not know more of others than of nobody. */
async function estimate(client: Client, view: string, condition: string): Promise<number> {
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(`EXPLAIN (FORMAT JSON) SELECT 1 FROM ${view} WHERE ${condition}`); // prettier-ignore
  return rows[0]?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? -1;
}
/** Views and columns whose estimates differ between a value that the victim has and one that nobody has. */
async function tellingEstimates(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ view: string; column: string }>(`SELECT format('%I.%I', table_schema, table_name) AS view, column_name AS column
    FROM information_schema.columns WHERE table_schema = 'bi' AND data_type IN ('text', 'character varying') ORDER BY 1, 2`); // prettier-ignore
  expect(rows.length).toBeGreaterThan(25);
  const telling: string[] = [];
  for (const { view, column } of rows) {
    const table = view === "bi.users" ? "rollup-user-day" : view === "bi.calls" ? "call" : "rollup-day";
    const real = `canary-bob-${table}-${column.replaceAll("_", "-")}`;
    for (const [operator, nobodys] of [["=", "nobody"], ["<", ""], [">", "zzzz"], ["<=", "b"]] as const) {
      const [known, unknown] = [
        await estimate(client, view, `${column} ${operator} '${real}'`),
        await estimate(client, view, `${column} ${operator} '${nobodys}'`),
      ];
      if (known !== unknown) telling.push(`${view}.${column} ${operator} ${known} ${unknown}`);
    }
  }
  return telling;
} // prettier-ignore

describe("what the planner lets on", () => {
  it("of texts, no estimate knows which values others have", async () => {
    await asReader(scene, async (client) => expect(await tellingEstimates(client)).toEqual([]));
  });

  it("no statistics are shown", async () => {
    await asReader(scene, async (client) => {
      const { rows } = await client.query("SELECT * FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"); // prettier-ignore
      expect(rows).toEqual([]);
    });
  });

  it("the mapping is asked once, and the tenant's rows are found by index", async () => {
    await asReader(scene, async (client) => {
      await client.query("SET enable_seqscan = off; SET enable_bitmapscan = off");
      for (const view of ["bi.calls", "bi.daily_cost", "bi.users"]) {
        // Of another type it would be asked of the view's rows alone: such comparisons are not leakproof.
        const recent =
          view === "bi.calls" ? `"timestamp" >= now() - interval '2 days'` : "day >= current_date - 2";
        const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN SELECT * FROM ${view} WHERE ${recent}`); // prettier-ignore
        const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
        expect(plan.match(/InitPlan/g)?.length, plan).toBeGreaterThan(0);
        expect(plan, plan).toMatch(
          /Index (Only )?(Scan|Cond)[\s\S]*Index Cond: \(\(tenant_id = \(InitPlan 1\)\.col1\) AND/,
        );
        expect(plan, plan).not.toMatch(/SubPlan/);
      }
    });
  });
});

describe("each guard by itself", () => {
  it(
    "with the tables' schema open to readers, policies and column grants hold",
    { timeout: 120_000 },
    async () => {
      const open = await makeScene(await createTestDatabase());
      await asAdmin(open, (admin) => admin.query("GRANT USAGE ON SCHEMA public TO tokenledger_reader"));
      expect((await readInEveryStance(open, { withSettings: false })).leaks).toEqual([]);
      await asReader(open, async (client) => {
        expect(await bi.refusalOf(client, "SELECT tags FROM public.call")).toBe("42501");
        expect(await bi.refusalOf(client, "SELECT name FROM public.bi_login")).toBe("42501");
        expect(await bi.refusalOf(client, `SELECT call_id FROM public.${thisMonth}`)).toBe("42501");
        const own = await client.query("SELECT DISTINCT tenant_id FROM public.call UNION SELECT tenant_id FROM public.bi_login"); // prettier-ignore
        expect(own.rows).toEqual([{ tenant_id: open.self.tenantId }]);
      });
      await endScene(open);
    },
  );

  const current = "(SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)";
  /** Each opens one hole on a scratch database; the same attempts must fall through it. */
  const holes: [relation: string, sql: string][] = [
    ["bi.calls", `ALTER POLICY reader_only ON call USING (tenant_id = ${current})`],
    ["bi.features", "CREATE POLICY colleagues ON rollup_day FOR SELECT TO tokenledger_reader USING (true)"],
    ["public.tenant", "GRANT USAGE ON SCHEMA public TO tokenledger_reader; GRANT SELECT ON tenant TO PUBLIC; CREATE POLICY anybody ON tenant USING (true)"], // prettier-ignore
    [`public.${thisMonth}`, `ALTER TABLE ${thisMonth} DISABLE ROW LEVEL SECURITY; GRANT SELECT ON ${thisMonth} TO tokenledger_reader`], // prettier-ignore
    ["bi.everything", "CREATE VIEW bi.everything AS SELECT * FROM call; GRANT SELECT ON bi.everything TO tokenledger_reader"], // prettier-ignore
    ["bi.sums", "CREATE MATERIALIZED VIEW bi.sums AS SELECT user_id FROM rollup_user_day; GRANT SELECT ON bi.sums TO tokenledger_reader"], // prettier-ignore
    ["pg_catalog.pg_description", "COMMENT ON TABLE call IS 'canary-bob'"],
    ["pg_catalog.pg_stats", "ALTER TABLE usage_event DISABLE ROW LEVEL SECURITY; GRANT SELECT ON usage_event TO tokenledger_reader"], // prettier-ignore
  ];

  it("falls through every hole that is opened (mutation control)", { timeout: 120_000 }, async () => {
    const scratch = await createTestDatabase();
    const holed = await makeScene(scratch);
    await asAdmin(holed, async (admin) => {
      for (const [, sql] of holes) await admin.query(sql);
      await admin.query("ANALYZE");
    });
    const { leaks } = await readInEveryStance(holed, { withSettings: false });
    const missed = holes.filter(([relation]) => !leaks.some((leak) => leak.includes(`: ${relation} `)));
    expect(missed.map(([, sql]) => sql)).toEqual([]);

    await asAdmin(holed, (admin) => admin.query(`
      CREATE FUNCTION bi.peek() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT call_id FROM public.call LIMIT 1';
      CREATE OR REPLACE VIEW bi.calls WITH (security_invoker = true, security_barrier = true) AS
        SELECT ${scratchColumns} FROM public.call`)); // prettier-ignore
    await asReader(holed, async (client) => {
      const results = await callEach(client, "none", holed);
      expect(results.filter(({ refused }) => !refused).map(({ signature }) => signature)).toEqual(["peek()"]); // prettier-ignore
      expect((await tellingEstimates(client)).join()).toMatch(/bi\.calls\.user_id =/);
    });
    await endScene(holed);
  });
});

/** The view of calls as it must not be: bare columns, of which the planner has statistics. */
const scratchColumns = `occurred_at AS "timestamp", call_id AS id, user_id, account_id, feature, team, environment, prompt_id,
  prompt_version, provider, model, kind, CASE WHEN share_no > 1 THEN 0 ELSE 1 END AS calls,
  fresh_input_tokens::bigint + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens AS input_tokens,
  visible_output_tokens::bigint + reasoning_tokens + audio_output_tokens AS output_tokens, cache_read_tokens, cost_usd,
  price_status, error_class, attempt, latency_ms, run_id, share_of`;
