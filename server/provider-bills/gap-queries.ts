import type { Db } from "@/server/db";
import type { FinalGap } from "./final-gap";
import type { BillMonth } from "./sign-off-queries";

const asDate = (day: string) => new Date(`${day}T00:00:00Z`);

export async function saveGap(
  db: Db,
  { tenantId, provider, month }: BillMonth,
  gap: FinalGap,
  comparedAt: Date,
): Promise<void> {
  const { firstDay, lastDay, ...figures } = gap;
  const row = { ...figures, firstDay: asDate(firstDay), lastDay: asDate(lastDay), comparedAt };
  const key = { tenantId, provider, month: asDate(`${month}-01`) };
  await db.billGap.upsert({
    where: { tenantId_provider_month: key },
    create: { ...key, ...row },
    update: row,
  });
}

/** No day of the month is final any more: the provider changed what it had said. */
export async function forgetGap(db: Db, { tenantId, provider, month }: BillMonth): Promise<void> {
  await db.billGap.deleteMany({ where: { tenantId, provider, month: asDate(`${month}-01`) } });
}
