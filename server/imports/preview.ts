import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { assess } from "./assess";
import { fileColumns } from "./file-columns";
import { guessMapping } from "./guess-mapping";
import { formatOf } from "./read-rows";
import { ImportMapping, PreviewImportInput, previewRows } from "./schemas";
import { findUpload } from "./uploads";

/** Rows that the preview checks; an import checks all. */
const checkedRows = 1_000;
/**
 * How the beginning of an uploaded file would be stored. Without a mapping one is guessed from the columns' names; without a
 * usable one `assessment` is null.
 */
export async function previewImport(ctx: Ctx, input: PreviewImportInput) {
  requireRight(ctx.actor, "calls:import");
  const { uploadId, mapping: given } = PreviewImportInput.parse(input);
  const { file, fileName, bytes } = await findUpload(uploadId, ctx.tenant.id);
  const format = formatOf(fileName);
  const columns = await fileColumns(file, format);
  const guessed = { columns: guessMapping(columns), set: {}, zone: ctx.tenant.timeZone };
  const usable = ImportMapping.safeParse(given ?? guessed);
  const limits = { rows: checkedRows, shown: previewRows, rejected: previewRows };
  const assessment = usable.success
    ? await assess(ctx, { file, format, mapping: usable.data }, limits)
    : null;
  return { fileName, bytes, format, columns, mapping: given ?? guessed, assessment };
}
