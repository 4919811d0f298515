import type { Ctx } from "@/server/context";
import { type IncidentEventKind, isTold } from "./schemas";

export interface Happened {
  incidentId: string;
  /** Of its timeline. */
  n: number;
  kind: IncidentEventKind;
}

/** After the commit: what the world should be told. Sending the same again starts nothing. */
export async function announce(
  ctx: Pick<Ctx, "tenant" | "emit">,
  happened: readonly Happened[],
): Promise<void> {
  for (const { incidentId, n, kind } of happened) {
    if (!isTold(kind)) continue;
    const data = { tenantId: ctx.tenant.id, incidentId, n };
    await ctx.emit({ name: "incident/changed", data, id: `incident:${incidentId}:${String(n)}` });
  }
}
