import { Prisma } from "@/prisma/generated/client";
import { arrayLiteral } from "@/server/calls/array-literal";
import { ledgerColumns } from "@/server/calls/ledger-columns";
import type { StorableCall } from "@/server/calls/store";
import type { Db } from "@/server/db";

export interface ReceivedCall {
  stored: StorableCall;
  receivedAt: Date;
}

/** The job that prunes the ledger of ids keeps them for at least so long. */
const seenDays = 40;
const columnNames = Prisma.raw(ledgerColumns.map(({ column }) => column).join(", "));

/**
 * As server/calls/queries.ts stores a batch, but each call with a time of receipt of its own, which a live batch shares.
 * Ids older than the pruning job would have left are not remembered, as after 90 days of running. Marks nothing.
 */
export async function insertReceived(
  db: Db,
  tenantId: string,
  now: Date,
  calls: readonly ReceivedCall[],
): Promise<void> {
  const columns = ledgerColumns.map(
    ({ type, of }) =>
      Prisma.sql`${arrayLiteral(calls, ({ stored }) => of(stored.ledger))}::${Prisma.raw(type)}[]`,
  );
  const received = Prisma.sql`${arrayLiteral(calls, ({ receivedAt }) => receivedAt.toISOString())}::timestamptz[]`;
  const prints = Prisma.sql`${arrayLiteral(calls, ({ stored }) => stored.fingerprint)}::text[]`;
  const rememberedFrom = new Date(now.getTime() - seenDays * 86_400_000);
  await db.$executeRaw`
    WITH input AS (
      SELECT * FROM unnest(${Prisma.join(columns)}, ${received}, ${prints}) AS i(${columnNames}, received_at, fingerprint)
    ), seen AS (
      INSERT INTO call_seen (tenant_id, call_id, content_hash, occurred_at, received_at)
      SELECT ${tenantId}::uuid, call_id, decode(fingerprint, 'hex'), occurred_at, received_at FROM input
      WHERE received_at >= ${rememberedFrom}::timestamptz ORDER BY call_id ON CONFLICT DO NOTHING
    )
    INSERT INTO call (tenant_id, source, received_at, ${columnNames})
    SELECT ${tenantId}::uuid, 'demo', received_at, ${columnNames} FROM input
    -- A batch is sent again when it is not known whether it was stored.
    ON CONFLICT DO NOTHING`;
}
