import { z } from "zod";
import type { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { usdText, Usd } from "@/server/prices/decimal";

export interface BillMonth {
  tenantId: string;
  provider: string;
  month: string;
}

const usd = z.unknown().transform((amount) => usdText(new Usd(String(amount))));
const Row = z.object({
  n: z.number(),
  signedBy: z.string(),
  signedAt: z.date(),
  note: z.string(),
  shape: z.number(),
  billUsd: usd,
  ledgerUsd: usd,
  figures: z.unknown(),
  invoiceNo: z.string().nullable(),
});
export type SignedMonth = z.infer<typeof Row>;

const asDate = (month: string) => new Date(`${month}-01T00:00:00Z`);

/** Newest first. */
export async function listSignOffs(db: Db, { tenantId, provider, month }: BillMonth): Promise<SignedMonth[]> {
  const rows = await db.billSignOff.findMany({
    where: { tenantId, provider, month: asDate(month) },
    select: {
      n: true,
      signedBy: true,
      signedAt: true,
      note: true,
      shape: true,
      billUsd: true,
      ledgerUsd: true,
      figures: true,
      invoiceNo: true,
    },
    orderBy: { n: "desc" },
  });
  return z.array(Row).parse(rows);
}

/** Holds other signatures of the tenant back until this transaction ends. */
export async function lockSignOffs(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('bill sign-offs ' || ${tenantId}, 0))`;
}

export async function insertSignOff(
  db: Db,
  { tenantId, provider, month }: BillMonth,
  signed: Omit<SignedMonth, "figures"> & { figures: object },
): Promise<void> {
  const figures = signed.figures as Prisma.InputJsonObject;
  await db.billSignOff.createMany({
    data: [{ tenantId, provider, month: asDate(month), ...signed, figures }],
  });
}
