import { allowed, router } from "@/server/api/trpc";
import { deleteView } from "@/server/views/delete";
import { listViews } from "@/server/views/list";
import { renameView } from "@/server/views/rename";
import { restoreView } from "@/server/views/restore";
import { saveView } from "@/server/views/save";
import { RenameViewInput, SaveViewInput, UpdateViewInput, ViewInput } from "@/server/views/schemas";
import { updateView } from "@/server/views/update";

export const viewsRouter = router({
  list: allowed("views:write").query(({ ctx }) => listViews(ctx)),
  save: allowed("views:write")
    .input(SaveViewInput)
    .mutation(({ ctx, input }) => saveView(ctx, input)),
  update: allowed("views:write")
    .input(UpdateViewInput)
    .mutation(({ ctx, input }) => updateView(ctx, input)),
  rename: allowed("views:write")
    .input(RenameViewInput)
    .mutation(({ ctx, input }) => renameView(ctx, input)),
  restore: allowed("views:write")
    .input(ViewInput)
    .mutation(({ ctx, input }) => restoreView(ctx, input)),
  delete: allowed("views:write")
    .input(ViewInput)
    .mutation(({ ctx, input }) => deleteView(ctx, input)),
});
