import { allowed, router } from "@/server/api/trpc";
import { listAudit } from "@/server/audit/list";
import { ListAuditInput } from "@/server/audit/schemas";
import { verifyAudit } from "@/server/audit/verify";

export const auditRouter = router({
  list: allowed("audit:read")
    .input(ListAuditInput)
    .query(({ ctx, input }) => listAudit(ctx, input)),
  verify: allowed("audit:read").query(({ ctx }) => verifyAudit(ctx)),
});
