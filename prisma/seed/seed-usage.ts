import { arrayLiteral } from "@/server/calls/array-literal";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { patiently } from "@/server/imports/patiently";
import { identifyUsers } from "@/server/usage/identify";
import type { UserWord } from "@/server/usage/schemas";
import type { SeedEvent } from "./tell-usage";

const eventsAtOnce = 5_000;
const usersAtOnce = 1_000;
/** An app sends its events in the background. */
const receivedAfterMs = 2_000;

/** As server/usage/queries.ts stores a batch, but each event received soon after it occurred, however long ago. */
async function insertTold(db: Db, ctx: Ctx, events: readonly SeedEvent[]): Promise<void> {
  const pick = (field: Exclude<keyof SeedEvent, "at">) => arrayLiteral(events, (event) => event[field]);
  const at = (afterMs: number) =>
    arrayLiteral(events, (event) =>
      new Date(Math.min(event.at.getTime() + afterMs, ctx.now.getTime())).toISOString(),
    );
  await db.$executeRaw`
    INSERT INTO usage_event (tenant_id, message_id, occurred_at, received_at, user_id, account_id, feature, event, source)
    SELECT ${ctx.tenant.id}::uuid, id, occurred_at, received_at, user_id, account_id, feature, event, 'api'
    FROM unnest(${pick("id")}::text[], ${at(0)}::timestamptz[], ${at(receivedAfterMs)}::timestamptz[], ${pick("userId")}::text[],
      ${pick("accountId")}::text[], ${pick("feature")}::text[], ${pick("event")}::text[])
      AS e(id, occurred_at, received_at, user_id, account_id, feature, event)
    ON CONFLICT (tenant_id, message_id) DO NOTHING`;
}

/** Stores product usage and what the app says of its users. Events carry their own times, so they may be older than live ones. */
export async function seedUsage(
  ctx: Ctx,
  events: readonly SeedEvent[],
  words: readonly (UserWord & { at: string })[],
): Promise<void> {
  for (let from = 0; from < events.length; from += eventsAtOnce) {
    const some = events.slice(from, from + eventsAtOnce);
    await patiently(() => ctx.db.ingest((db) => insertTold(db, ctx, some)));
  }
  for (let from = 0; from < words.length; from += usersAtOnce) {
    const users = words.slice(from, from + usersAtOnce);
    const { rejected } = await patiently(() => identifyUsers(ctx, { users }));
    if (rejected[0]) throw new Error(`A seeded word would be refused: ${rejected[0].message}`);
  }
}
