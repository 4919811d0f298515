import { allowed, router } from "@/server/api/trpc";
import { listImports } from "@/server/imports/list";
import { prepareUpload } from "@/server/imports/prepare-upload";
import { previewImport } from "@/server/imports/preview";
import {
  PrepareUploadInput,
  PreviewImportInput,
  ShowImportInput,
  StartImportInput,
} from "@/server/imports/schemas";
import { showImport } from "@/server/imports/show";
import { startImport } from "@/server/imports/start";

/** A file's bytes do not fit a procedure: they come through POST /api/imports, which begins with prepareUpload. */
export const importsRouter = router({
  prepareUpload: allowed("calls:import")
    .input(PrepareUploadInput)
    .mutation(({ ctx, input }) => prepareUpload(ctx, input)),
  preview: allowed("calls:import")
    .input(PreviewImportInput)
    .query(({ ctx, input }) => previewImport(ctx, input)),
  start: allowed("calls:import")
    .input(StartImportInput)
    .mutation(({ ctx, input }) => startImport(ctx, input)),
  show: allowed("calls:import")
    .input(ShowImportInput)
    .query(({ ctx, input }) => showImport(ctx, input)),
  list: allowed("calls:import").query(({ ctx }) => listImports(ctx)),
});
