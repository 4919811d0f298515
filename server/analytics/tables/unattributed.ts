import { z } from "zod";
import { coverage } from "../coverage";
import { coverageDimensions } from "../coverage-query";
import { CoverageInput } from "../coverage-schemas";
import { resolveRange } from "../range";
import { type Column, defineTable, number, text } from "./table";

type Origin = Awaited<ReturnType<typeof coverage>>["origins"]["callSite"][number];

/** More of them than a spreadsheet has rows for would be ids; what is beyond is one row that says how many it stands for. */
const mostOrigins = 100_000;

/** reports.coverage: where calls without a tag come from, the dearest first. */
export const unattributedTable = defineTable({
  right: "attribution:read",
  input: CoverageInput.extend({ by: z.enum(coverageDimensions).default("callSite") }),
  columns: ({ tag, by }): Column<Origin>[] => [
    text("lacking", () => tag),
    ...(by === "callSite" ? [text<Origin>("kind", ({ kind }) => kind)] : []),
    text(by, ({ value }) => value),
    ...(by === "key" ? [text<Origin>("name", ({ name }) => name)] : []),
    text("isRest", ({ isRest }) => isRest),
    number("values", ({ values }) => values),
    number("calls", ({ calls }) => calls),
    number("costUsd", ({ costUsd }) => costUsd),
    number("unpricedCalls", ({ unpricedCalls }) => unpricedCalls),
  ],
  async *pages(ctx, { by, ...input }) {
    const { origins } = await coverage(ctx, input, mostOrigins);
    const { from, to } = resolveRange(input.from, input.to, ctx.tenant.timeZone);
    yield { rows: origins[by], from: from.toISOString(), to: to.toISOString(), watermark: null };
  },
});
