import { type Client, escapeIdentifier } from "pg";

/** What all readers of BI access are members of, and who makes and ends them. Nobody logs in as either. */
export const readerGroup = "tokenledger_reader";
const keeper = "tokenledger_keeper";
/** Before it, a role that may create roles may change every other: there is no BI access there. */
const delegatingServer = 160_000;

/** Makes the roles that BI access rests on. The migrator hands its functions over to the keeper, so it must be able to. */
export async function ensureReaderRoles(client: Client, migrator: string): Promise<void> {
  const { rows } = await client.query<{ delegates: boolean; super: boolean }>(
    `SELECT current_setting('server_version_num')::int >= $1 AS delegates, rolsuper AS super
     FROM pg_roles WHERE rolname = current_user`,
    [delegatingServer],
  );
  const { delegates, super: isSuperuser } = rows[0] ?? { delegates: false, super: false };
  await ensureGroup(client, readerGroup, "NOCREATEROLE");
  await ensureGroup(client, keeper, delegates ? "CREATEROLE" : "NOCREATEROLE");
  if (!delegates) {
    await client.query(`GRANT ${keeper} TO ${escapeIdentifier(migrator)}`);
    return;
  }
  await client.query(`GRANT ${readerGroup} TO ${keeper} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`);
  await client.query(`GRANT ${keeper} TO ${escapeIdentifier(migrator)} WITH INHERIT FALSE, SET TRUE`);
  // Only a superuser can: elsewhere the server's own temp_file_limit holds.
  if (isSuperuser) await client.query(`GRANT SET ON PARAMETER temp_file_limit TO ${keeper}`);
}

async function ensureGroup(client: Client, name: string, right: string): Promise<void> {
  const known = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [name]);
  if (known.rowCount !== 0) return;
  await client.query(`CREATE ROLE ${name} NOLOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS NOINHERIT ${right}`);
}

// What PUBLIC may call in every PostgreSQL, and what a reader could harm others with: large objects are stored, advisory
// locks are those that our own work waits for, notifications and messages fill the server's queue and its log.
const sideDoors = "^(lo_|lowrite$|loread$|pg_(try_)?advisory_|pg_notify$|pg_logical_emit_message$)";

/**
 * Takes from PUBLIC, in the database that `client` is connected to, the functions of PostgreSQL that change or hold up
 * something, and gives advisory locks back to `roles`. Takes a superuser; repeating it changes nothing.
 */
export async function closeSideDoors(client: Client, roles: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ signature: string; isLock: boolean }>(
    `SELECT format('pg_catalog.%I(%s)', proname, pg_get_function_identity_arguments(oid)) AS signature,
       proname ~ 'advisory' AS "isLock"
     FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ $1 ORDER BY oid`,
    [sideDoors],
  );
  const doors = rows.map(({ signature }) => signature).join(", ");
  const locks = rows.flatMap(({ signature, isLock }) => (isLock ? [signature] : [])).join(", ");
  await client.query(`REVOKE EXECUTE ON FUNCTION ${doors} FROM PUBLIC`);
  await client.query(
    `GRANT EXECUTE ON FUNCTION ${locks} TO ${roles.map((role) => escapeIdentifier(role)).join(", ")}`,
  );
}

/**
 * Closes the other databases of a server of our own to everybody but its superuser: PostgreSQL opens them to every role,
 * temporary tables included.
 */
export async function closeOtherDatabases(client: Client): Promise<void> {
  await client.query("REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC");
}
