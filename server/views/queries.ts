import { z } from "zod";
import type { Db } from "@/server/db";
import type { ViewParam } from "./schemas";

/** Changes of a tenant's views go one after the other, so that names stay unique and few. */
export async function lockViews(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`views:${tenantId}`}, 0))`;
}

const columns = {
  id: true,
  name: true,
  screen: true,
  params: true,
  shared: true,
  createdBy: true,
  deletedAt: true,
} as const;
const View = z.object({
  id: z.string(),
  name: z.string(),
  screen: z.string(),
  params: z.array(z.tuple([z.string(), z.string()])),
  shared: z.boolean(),
  createdBy: z.string(),
  deletedAt: z.date().nullable(),
});
export type View = z.infer<typeof View>;

/** Everybody's and the person's own, by name. */
export async function listViewsOf(db: Db, tenantId: string, personId: string): Promise<View[]> {
  const rows = await db.savedView.findMany({
    where: { tenantId, deletedAt: null, OR: [{ shared: true }, { createdBy: personId }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: columns,
  });
  return z.array(View).parse(rows);
}

/** Deleted ones too. */
export async function findView(db: Db, tenantId: string, id: string): Promise<View | null> {
  const row = await db.savedView.findUnique({ where: { tenantId_id: { tenantId, id } }, select: columns });
  return row && View.parse(row);
}

/** Among everybody's views, or one person's own. */
interface Shelf {
  tenantId: string;
  shared: boolean;
  createdBy: string;
}
const onShelf = ({ tenantId, shared, createdBy }: Shelf) => ({
  tenantId,
  shared,
  deletedAt: null,
  ...(!shared && { createdBy }),
});

export async function countViews(db: Db, shelf: Shelf): Promise<number> {
  return db.savedView.count({ where: onShelf(shelf) });
}

/** Whether another view on the shelf has the name, whatever its case. */
export async function isNameTaken(db: Db, shelf: Shelf, name: string, butFor?: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM saved_view
    WHERE tenant_id = ${shelf.tenantId}::uuid AND deleted_at IS NULL AND shared = ${shelf.shared}
      AND (shared OR created_by = ${shelf.createdBy}::uuid) AND lower(name) = lower(${name})
      AND id IS DISTINCT FROM ${butFor ?? null}::uuid LIMIT 1`;
  return rows.length > 0;
}

export interface NewView extends Shelf {
  id: string;
  name: string;
  screen: string;
  params: ViewParam[];
  now: Date;
}

export async function insertView(db: Db, { now, ...view }: NewView): Promise<void> {
  await db.savedView.createMany({ data: [{ ...view, createdAt: now, updatedAt: now }] });
}

export interface ViewChange {
  name?: string;
  screen?: string;
  params?: ViewParam[];
  deletedAt?: Date | null;
}

export async function changeView(
  db: Db,
  key: { tenantId: string; id: string },
  change: ViewChange,
  now: Date,
): Promise<void> {
  await db.savedView.updateMany({ where: key, data: { ...change, updatedAt: now } });
}

/** Of the whole tenant, what was deleted before then. */
export async function purgeDeleted(db: Db, tenantId: string, before: Date): Promise<void> {
  await db.savedView.deleteMany({ where: { tenantId, deletedAt: { lt: before } } });
}
