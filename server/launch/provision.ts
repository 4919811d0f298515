import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { closeSideDoors, ensureReaderRoles, readerGroup } from "./provision-readers";
import type { Secrets } from "./secrets";

export const databaseName = "tokenledger";
const migrator = "tokenledger_migrator";

export type RolePasswords = Pick<
  Secrets,
  "migratorPassword" | "appPassword" | "ingestPassword" | "jobsPassword" | "authPassword"
>;

type Variable =
  "DATABASE_MIGRATE_URL" | "DATABASE_URL" | "DATABASE_INGEST_URL" | "DATABASE_JOBS_URL" | "DATABASE_AUTH_URL";

/** The URL of every role, by the name of the variable that takes it. */
export type DatabaseUrls = Record<Variable, string>;

interface Role {
  name: string;
  password: keyof RolePasswords;
  settings: Record<string, string>;
}

// statement_timeout stays above deadlock_timeout (1 s): else a deadlock shows up as a cancelled statement.
const shared = { idle_in_transaction_session_timeout: "15s", lock_timeout: "5s", timezone: "UTC" };
const roles: Record<Variable, Role> = {
  DATABASE_MIGRATE_URL: { name: migrator, password: "migratorPassword", settings: { timezone: "UTC" } },
  DATABASE_URL: {
    name: "tokenledger_app",
    password: "appPassword",
    settings: { ...shared, statement_timeout: "15s" },
  },
  DATABASE_INGEST_URL: {
    name: "tokenledger_ingest",
    password: "ingestPassword",
    settings: { ...shared, statement_timeout: "10s", synchronous_commit: "on" },
  },
  DATABASE_JOBS_URL: {
    name: "tokenledger_jobs",
    password: "jobsPassword",
    settings: { ...shared, statement_timeout: "60s" },
  },
  DATABASE_AUTH_URL: {
    name: "tokenledger_auth",
    password: "authPassword",
    settings: { ...shared, statement_timeout: "5s" },
  },
};

const roleNames = Object.values(roles).map(({ name }) => name);

export function databaseUrls(adminUrl: string, database: string, passwords: RolePasswords): DatabaseUrls {
  const urlOf = (variable: Variable) => {
    const role = roles[variable];
    const url = new URL(adminUrl);
    url.username = role.name;
    url.password = passwords[role.password];
    url.pathname = `/${database}`;
    return url.toString();
  };
  return {
    DATABASE_MIGRATE_URL: urlOf("DATABASE_MIGRATE_URL"),
    DATABASE_URL: urlOf("DATABASE_URL"),
    DATABASE_INGEST_URL: urlOf("DATABASE_INGEST_URL"),
    DATABASE_JOBS_URL: urlOf("DATABASE_JOBS_URL"),
    DATABASE_AUTH_URL: urlOf("DATABASE_AUTH_URL"),
  };
}

/**
 * Makes, or brings up to date, the login roles and the database that the migrator owns. `adminUrl` must be allowed to
 * create roles and databases. Safe to repeat.
 */
export async function provision(
  adminUrl: string,
  database: string,
  passwords: RolePasswords,
): Promise<DatabaseUrls> {
  await withClient(adminUrl, async (client) => {
    for (const role of Object.values(roles)) await ensureRole(client, role, passwords[role.password]);
    await ensureReaderRoles(client, migrator);
    await asMigrator(client, async () => {
      const known = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
      if (known.rowCount === 0) await createDatabase(client, database);
      await restrictConnections(client, database);
    });
    // A managed server keeps its catalogue to itself; server/bi/README.md says what that leaves open.
    if (await isSuperuser(client)) {
      const inside = new URL(adminUrl);
      inside.pathname = `/${database}`;
      await withClient(inside.toString(), (own) => closeSideDoors(own, roleNames));
    }
  });
  return databaseUrls(adminUrl, database, passwords);
}

async function ensureRole(client: Client, role: Role, password: string): Promise<void> {
  const name = escapeIdentifier(role.name);
  const known = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role.name]);
  // Only a superuser may state these of a role that exists; the check at each start sees whether they still hold.
  const statement =
    known.rowCount === 0
      ? `CREATE ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT`
      : `ALTER ROLE ${name} LOGIN`;
  await client.query(`${statement} PASSWORD ${escapeLiteral(password)}`);
  for (const [setting, value] of Object.entries(role.settings)) {
    await client.query(`ALTER ROLE ${name} SET ${setting} = ${escapeLiteral(value)}`);
  }
}

async function isSuperuser(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ super: boolean }>(
    "SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user",
  );
  return rows[0]?.super === true;
}

/** The administrator of a managed server is no superuser: it manages a role's database only while a member of the role. */
async function asMigrator(client: Client, work: () => Promise<void>): Promise<void> {
  if (await isSuperuser(client)) {
    await work();
    return;
  }
  await client.query(`GRANT ${escapeIdentifier(migrator)} TO current_user`);
  try {
    await work();
  } finally {
    await client.query(`REVOKE ${escapeIdentifier(migrator)} FROM current_user`);
  }
}

async function createDatabase(client: Client, database: string): Promise<void> {
  const owner = escapeIdentifier(migrator);
  await client.query(
    `CREATE DATABASE ${escapeIdentifier(database)} OWNER ${owner} TEMPLATE template0 ENCODING 'UTF8'`,
  );
}

/** Lets our own roles and readers into the database, and nobody else. */
export async function restrictConnections(client: Client, database: string): Promise<void> {
  const name = escapeIdentifier(database);
  const welcome = [...roleNames, readerGroup].map((role) => escapeIdentifier(role)).join(", ");
  await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${welcome}`);
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
