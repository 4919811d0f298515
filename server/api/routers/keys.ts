import { allowed, router } from "@/server/api/trpc";
import { createKey } from "@/server/keys/create";
import { listTenantKeys } from "@/server/keys/list";
import { revokeKey } from "@/server/keys/revoke";
import { CreateKeyInput, RevokeKeyInput } from "@/server/keys/schemas";

export const keysRouter = router({
  list: allowed("keys:read").query(({ ctx }) => listTenantKeys(ctx)),
  create: allowed("keys:write")
    .input(CreateKeyInput)
    .mutation(({ ctx, input }) => createKey(ctx, input)),
  revoke: allowed("keys:write")
    .input(RevokeKeyInput)
    .mutation(({ ctx, input }) => revokeKey(ctx, input)),
});
