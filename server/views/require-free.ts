import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { countViews, isNameTaken } from "./queries";
import { mostViews } from "./schemas";

interface Shelf {
  tenantId: string;
  shared: boolean;
  createdBy: string;
}

/** @throws DomainError CONFLICT for a name that another view has */
export async function requireFreeName(db: Db, shelf: Shelf, name: string, butFor?: string): Promise<void> {
  if (!(await isNameTaken(db, shelf, name, butFor))) return;
  const whose = shelf.shared ? "A shared view" : "A view of yours";
  throw new DomainError("CONFLICT", `${whose} has this name already.`, { field: "name" });
}

/** @throws DomainError CONFLICT for one view too many */
export async function requireRoom(db: Db, shelf: Shelf): Promise<void> {
  if ((await countViews(db, shelf)) < mostViews) return;
  const whose = shelf.shared ? "shared views" : "views of your own";
  throw new DomainError("CONFLICT", `There can be at most ${String(mostViews)} ${whose}; delete one first.`);
}
