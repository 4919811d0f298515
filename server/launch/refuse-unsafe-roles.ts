import { LaunchError, reasonOf } from "./failure";
import { withClient } from "./provision";

export interface RoleFacts {
  name: string;
  superuser: boolean;
  bypassesRowSecurity: boolean;
  /** A table, view or the database itself: owners are exempt from much of what protects tenants. */
  owns: string | null;
  memberOf: string | null;
  serverVersion: number;
  synchronousCommit: string;
}

const oldestServer = 150_000;

/** The sentence that says why a role must not serve tenants, or undefined. Pure, so that each reason has its test. */
export function unsafeRole(variable: string, role: RoleFacts): string | undefined {
  const who = `${variable} signs in as ${role.name}, which`;
  if (role.serverVersion < oldestServer) {
    return `${variable} names a PostgreSQL ${Math.floor(role.serverVersion / 10_000)} server; 15 or newer is needed.`;
  }
  if (role.superuser)
    return `${who} is a superuser and so would see every tenant's rows; use the role made for it.`;
  if (role.bypassesRowSecurity)
    return `${who} has BYPASSRLS and so would see every tenant's rows; use the role made for it.`;
  if (role.owns !== null) return `${who} owns ${role.owns}; only the migrating role may own anything.`;
  if (role.memberOf !== null)
    return `${who} is a member of ${role.memberOf}; a serving role may be a member of none.`;
  if (variable === "DATABASE_INGEST_URL" && role.synchronousCommit !== "on") {
    return `${who} has synchronous_commit = ${role.synchronousCommit}; with anything but "on" an acknowledged call could be lost.`;
  }
  return undefined;
}

/** @throws LaunchError for the first role that could see or lose what it must not */
export async function refuseUnsafeRoles(urls: Record<string, string | undefined>): Promise<void> {
  for (const [variable, url] of Object.entries(urls)) {
    if (url === undefined) continue;
    const reason = unsafeRole(variable, await readRole(variable, url));
    if (reason !== undefined) throw new LaunchError(reason);
  }
}

async function readRole(variable: string, url: string): Promise<RoleFacts> {
  try {
    const row = await withClient(url, async (client) => (await client.query<RoleFacts>(roleQuery)).rows[0]);
    if (!row) throw new Error("the server does not know the role");
    return row;
  } catch (error) {
    throw new LaunchError(`The database of ${variable} can't be used: ${reasonOf(error)}.`, { cause: error });
  }
}

const roleQuery = `
  SELECT r.rolname AS "name", r.rolsuper AS "superuser", r.rolbypassrls AS "bypassesRowSecurity",
         coalesce(
           (SELECT 'the database ' || datname FROM pg_database WHERE datdba = r.oid AND datname = current_database()),
           (SELECT 'the table ' || min(relname::text) FROM pg_class WHERE relowner = r.oid AND relkind IN ('r', 'p', 'v', 'm', 'f'))
         ) AS "owns",
         (SELECT string_agg(g.rolname::text, ', ') FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid) AS "memberOf",
         current_setting('server_version_num')::int AS "serverVersion",
         current_setting('synchronous_commit') AS "synchronousCommit"
  FROM pg_roles r WHERE r.rolname = current_user`;
