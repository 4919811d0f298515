import { Client } from "pg";

/** Any number, the same in every version: it names the lock of the job runner in its database. */
const lockKey = 5_711_902_026;

export interface Leadership {
  /** Whether this process runs the jobs now: takes the lock if it is free, and finds out if it was lost. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

/**
 * One runner at a time for a database. The lock lives in a transaction that stays open, idle and without a snapshot:
 * it ends with the process that holds it, and unlike a session's lock it is safe behind PgBouncer in transaction mode.
 */
export function createLeadership(connectionString: string): Leadership {
  let client: Client | null = null;
  let leader = false;

  async function release(): Promise<void> {
    const leaving = client;
    client = null;
    leader = false;
    // Ending the connection of a dead server can only fail, and there is nothing left to lose.
    await leaving?.end().catch(() => undefined);
  }

  async function connect(): Promise<Client> {
    const made = new Client({
      connectionString,
      connectionTimeoutMillis: 1_500,
      query_timeout: 2_000,
      keepAlive: true,
      application_name: "tokenledger-job-runner",
    });
    // A connection that breaks while idle is noticed by the next query.
    made.on("error", () => undefined);
    await made.connect();
    return made;
  }

  async function take(connection: Client): Promise<boolean> {
    await connection.query("BEGIN");
    await connection.query("SET LOCAL idle_in_transaction_session_timeout = 0");
    const { rows } = await connection.query<{ taken: boolean }>(
      "SELECT pg_try_advisory_xact_lock($1) AS taken",
      [lockKey],
    );
    if (rows[0]?.taken === true) return true;
    await connection.query("ROLLBACK");
    return false;
  }

  return {
    async held() {
      try {
        client ??= await connect();
        if (leader) await client.query("SELECT 1");
        else leader = await take(client);
        return leader;
      } catch (error) {
        await release();
        throw error;
      }
    },
    release,
  };
}
