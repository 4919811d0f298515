import { allowed, router, signedInProcedure } from "@/server/api/trpc";
import { createTenant } from "@/server/tenants/create";
import { currentTenant } from "@/server/tenants/current";
import { myTenants } from "@/server/tenants/mine";
import { CreateTenantInput, UpdateTenantInput } from "@/server/tenants/schemas";
import { updateTenant } from "@/server/tenants/update";

export const tenantsRouter = router({
  mine: signedInProcedure.query(({ ctx }) => myTenants(ctx.session.personId)),
  create: signedInProcedure
    .input(CreateTenantInput)
    .mutation(({ ctx, input }) => createTenant(ctx.session, ctx, input)),
  current: allowed("tenant:read").query(({ ctx }) => currentTenant(ctx)),
  update: allowed("tenant:write")
    .input(UpdateTenantInput)
    .mutation(({ ctx, input }) => updateTenant(ctx, input)),
});
