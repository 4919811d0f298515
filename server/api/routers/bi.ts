import { allowed, router } from "@/server/api/trpc";
import { createReader } from "@/server/bi/create";
import { listReaders } from "@/server/bi/list";
import { revokeReader } from "@/server/bi/revoke";
import { rotateReader } from "@/server/bi/rotate";
import { CreateReaderInput, ReaderInput } from "@/server/bi/schemas";

export const biRouter = router({
  listReaders: allowed("bi:read").query(({ ctx }) => listReaders(ctx)),
  createReader: allowed("bi:write")
    .input(CreateReaderInput)
    .mutation(({ ctx, input }) => createReader(ctx, input)),
  rotateReader: allowed("bi:write")
    .input(ReaderInput)
    .mutation(({ ctx, input }) => rotateReader(ctx, input)),
  revokeReader: allowed("bi:write")
    .input(ReaderInput)
    .mutation(({ ctx, input }) => revokeReader(ctx, input)),
});
