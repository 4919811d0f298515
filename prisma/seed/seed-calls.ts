import { admit } from "@/server/calls/admit";
import { priceAdmitted } from "@/server/calls/price-admitted";
import { ensureMonths } from "@/server/calls/queries";
import type { Ctx } from "@/server/context";
import { loadTenantBook } from "@/server/contracts/load-tenant-book";
import type { TenantBook } from "@/server/contracts/tenant-book";
import { patiently } from "@/server/imports/patiently";
import { loadBook } from "@/server/prices/load-book";
import { insertReceived, type ReceivedCall } from "./insert-calls";
import type { SeedCall } from "./make-call";

const hourMs = 3_600_000;
const rowsAtOnce = 2_000;
/** One batch is stored while the next is made. */
const batchesInFlight = 2;

/** The call as the ledger would have taken it at the time. @throws Error when it would have been refused */
function receive(book: TenantBook, { call, receivedAt }: SeedCall): ReceivedCall {
  const admission = admit(call, 0, { now: receivedAt, pins: {}, anyAge: true });
  if (!admission.ok || admission.call.quarantine) {
    throw new Error(`A seeded call would be refused: ${JSON.stringify(admission)}`);
  }
  return { stored: priceAdmitted(book, admission.call, null), receivedAt };
}

/**
 * Stores calls by the rules of every other call: checked, split, priced. Their ids must be new.
 * @param chunks of any size
 * @returns the hours that want to be rolled up
 */
export async function seedCalls(
  ctx: Ctx,
  chunks: Iterable<SeedCall[]>,
  stored: (count: number) => void = () => undefined,
): Promise<Date[]> {
  const book = await loadTenantBook(ctx, await loadBook(null));
  const hours = new Set<number>();
  const months = new Set<string>();
  const inFlight: Promise<void>[] = [];
  const store = async (batch: ReceivedCall[], newMonths: string[]) => {
    await patiently(() =>
      ctx.db.ingest(async (db) => {
        await ensureMonths(db, newMonths);
        await insertReceived(db, ctx.tenant.id, ctx.now, batch);
      }),
    );
    stored(batch.length);
  };
  let batch: ReceivedCall[] = [];
  let newMonths: string[] = [];
  const send = async () => {
    if (inFlight.length >= batchesInFlight) await inFlight.shift();
    inFlight.push(store(batch, newMonths));
    batch = [];
    newMonths = [];
  };
  for (const chunk of chunks) {
    for (const seeded of chunk) {
      const { occurredAt } = seeded.call;
      hours.add(Math.floor(Date.parse(occurredAt) / hourMs) * hourMs);
      const month = `${new Date(occurredAt).toISOString().slice(0, 7)}-01`;
      if (!months.has(month)) newMonths.push(month);
      months.add(month);
      batch.push(receive(book, seeded));
    }
    if (batch.length >= rowsAtOnce) await send();
  }
  if (batch.length > 0) await send();
  await Promise.all(inFlight);
  return [...hours].sort((a, b) => a - b).map((ms) => new Date(ms));
}
