import { z } from "zod";
import type { Db } from "@/server/db";
import { usdText, Usd } from "@/server/prices/decimal";
import { Unit } from "./schemas";

const asDate = (day: string) => new Date(`${day}T00:00:00Z`);
const day = z.date().transform((at) => at.toISOString().slice(0, 10));

const Row = z.object({
  link: z.string(),
  key: z.string(),
  cause: z.string(),
  amount: z
    .custom<{ toFixed(): string }>()
    .nullable()
    .transform((amount) => amount && usdText(new Usd(amount.toFixed()))),
  unit: Unit,
  ownerId: z.string().nullable(),
  note: z.string(),
  dueOn: day.nullable(),
  settledAt: z.date().nullable(),
  settledBy: z.string().nullable(),
  goneAt: z.date().nullable(),
  updatedBy: z.string(),
  updatedAt: z.date(),
});
export type OwnedDifference = z.infer<typeof Row>;

const columns = {
  link: true,
  key: true,
  cause: true,
  amount: true,
  unit: true,
  ownerId: true,
  note: true,
  dueOn: true,
  settledAt: true,
  settledBy: true,
  goneAt: true,
  updatedBy: true,
  updatedAt: true,
} as const;

/** Everything that was said of a month's differences. */
export async function listOwned(db: Db, tenantId: string, month: string): Promise<OwnedDifference[]> {
  const rows = await db.differenceOwner.findMany({
    where: { tenantId, month: asDate(`${month}-01`) },
    select: columns,
    orderBy: [{ link: "asc" }, { updatedAt: "asc" }, { key: "asc" }],
  });
  return z.array(Row).parse(rows);
}

/** Changes of what is said of a tenant's differences go one after the other. */
export async function lockOwned(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('difference owners ' || ${tenantId}, 0))`;
}

export async function saveOwned(
  db: Db,
  { tenantId, month }: { tenantId: string; month: string },
  { link, key, dueOn, ...facts }: OwnedDifference,
): Promise<void> {
  const whose = { tenantId, month: asDate(`${month}-01`), link, key };
  const said = { ...facts, dueOn: dueOn === null ? null : asDate(dueOn) };
  await db.differenceOwner.upsert({
    where: { tenantId_month_link_key: whose },
    create: { ...whose, ...said },
    update: said,
  });
}

/** Since when differences are gone; null: they are there again. */
export async function noteGone(
  db: Db,
  { tenantId, month }: { tenantId: string; month: string },
  which: readonly { link: string; key: string }[],
  goneAt: Date | null,
): Promise<void> {
  for (const { link, key } of which)
    await db.differenceOwner.updateMany({
      where: { tenantId, month: asDate(`${month}-01`), link, key },
      data: { goneAt },
    });
}
