import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import type { View } from "./queries";

/** What is everybody's is written down; what is one's own is one's own. What a view filters by may be a person, so it is not. */
export async function auditShared(
  db: Db,
  ctx: Ctx,
  action: "view.shared" | "view.changed" | "view.renamed" | "view.deleted" | "view.restored",
  view: Pick<View, "id" | "name" | "screen" | "shared">,
  before?: { name: string },
): Promise<void> {
  if (!view.shared) return;
  const { id, name, screen } = view;
  await recordAudit(db, ctx, { action, subject: id, ...(before && { before }), after: { name, screen } });
}
