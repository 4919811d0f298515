import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { env } from "@/server/env";
import { asDatabaseFailure } from "@/server/db-failure";

/** What queries get: a transaction in which the tenant (if any) is already set. */
export type Db = Prisma.TransactionClient;

/**
 * Login roles of the database (prisma/migrations/…_roles). "report" is `app` on the replica, if there is one; "books" is `app`
 * with the time that it takes to close a month of millions of calls in one transaction.
 */
export type DbRole = "app" | "books" | "ingest" | "jobs" | "auth" | "report";

interface RoleSettings {
  url: string;
  poolSize: number;
  /** Upper bound of one statement, and so of what one tenant can cost the others. */
  statementTimeoutMs: number;
  transactionTimeoutMs: number;
}

const roleSettings: Record<DbRole, () => RoleSettings> = {
  app: () => ({
    url: env.DATABASE_URL,
    poolSize: env.DATABASE_POOL_SIZE,
    statementTimeoutMs: 10_000,
    transactionTimeoutMs: 15_000,
  }),
  books: () => ({
    url: env.DATABASE_URL,
    poolSize: 2,
    statementTimeoutMs: 120_000,
    transactionTimeoutMs: 180_000,
  }),
  report: () => ({
    url: env.DATABASE_REPLICA_URL ?? env.DATABASE_URL,
    poolSize: env.DATABASE_POOL_SIZE,
    statementTimeoutMs: 10_000,
    transactionTimeoutMs: 15_000,
  }),
  ingest: () => ({
    url: env.DATABASE_INGEST_URL,
    poolSize: env.DATABASE_POOL_SIZE,
    statementTimeoutMs: 2_500,
    transactionTimeoutMs: 3_000,
  }),
  auth: () => ({
    url: env.DATABASE_AUTH_URL,
    poolSize: 3,
    statementTimeoutMs: 3_000,
    transactionTimeoutMs: 5_000,
  }),
  jobs: () => ({
    url: env.DATABASE_JOBS_URL,
    poolSize: 3,
    statementTimeoutMs: 120_000,
    transactionTimeoutMs: 180_000,
  }),
};

interface Connection {
  pool: Pool;
  client: PrismaClient;
}

// One pool a role in a process, although Next's bundle and the server each load this module.
const registry = globalThis as typeof globalThis & { tokenledgerConnections?: Map<DbRole, Connection> };
const connections = (registry.tokenledgerConnections ??= new Map<DbRole, Connection>());

function connection(role: DbRole): Connection {
  const known = connections.get(role);
  if (known) return known;
  const settings = roleSettings[role]();
  const pool = new Pool({
    connectionString: settings.url,
    max: settings.poolSize,
    // Without these, a frozen database hangs every request (reliability P17).
    connectionTimeoutMillis: 1_500,
    query_timeout: settings.statementTimeoutMs + 500,
    keepAlive: true,
    application_name: `tokenledger-${role}`,
  });
  // An idle connection that the server closes is replaced at its next use; unhandled it would end the process.
  pool.on("error", () => undefined);
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  const made = { pool, client };
  connections.set(role, made);
  return made;
}

async function transaction<T>(role: DbRole, tenantId: string | null, fn: (db: Db) => Promise<T>): Promise<T> {
  const settings = roleSettings[role]();
  try {
    return await connection(role).client.$transaction(
      async (db) => {
        // Local to the transaction: a pooled connection must carry nothing to its next user (reliability P9, P10).
        // The zone, because Prisma's adapter drops the offset of the instants that it reads.
        await db.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId ?? ""}, true),
          set_config('timezone', 'UTC', true),
          set_config('statement_timeout', ${String(settings.statementTimeoutMs)}, true),
          set_config('transaction_read_only', ${role === "report" ? "on" : "off"}, true)`;
        return fn(db);
      },
      {
        maxWait: 1_500,
        timeout: settings.transactionTimeoutMs,
        // A report asks several questions; its answers must be of one moment.
        ...(role === "report" && { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead }),
      },
    );
  } catch (error) {
    throw asDatabaseFailure(error);
  }
}

/**
 * Runs `fn` in one transaction that sees the tenant's rows and no others.
 * @throws DomainError UNAVAILABLE when the database cannot be reached or is too slow (a repeat makes sense).
 */
export function withTenant<T>(
  role: Exclude<DbRole, "auth">,
  tenantId: string,
  fn: (db: Db) => Promise<T>,
): Promise<T> {
  return transaction(role, tenantId, fn);
}

/** Before the tenant is known: people, memberships, invitations and key look-ups (server/auth, server/keys). */
export function withAuth<T>(fn: (db: Db) => Promise<T>): Promise<T> {
  return transaction("auth", null, fn);
}

/** Without a tenant: which tenants have work, the price book, the runner's own state. */
export function withJobs<T>(fn: (db: Db) => Promise<T>): Promise<T> {
  return transaction("jobs", null, fn);
}

/** The pool itself, for what speaks pg and not Prisma: the sign-in throttle, advisory locks, health checks. */
export function rawPool(role: DbRole): Pool {
  return connection(role).pool;
}

/** Closes every pool, for a clean shutdown. */
export async function disconnect(): Promise<void> {
  const open = [...connections.values()];
  connections.clear();
  await Promise.all(open.map(({ client }) => client.$disconnect()));
}
