import { z } from "zod";
import { resolveRange } from "../range";
import { retryTax } from "../retry-tax";
import { ReportScope } from "../schemas";
import { type Column, defineTable, number, text } from "./table";

interface Line {
  key: string | null;
  calls: number;
  costUsd: string;
  unpricedCalls: number | null;
  retryCalls: number | null;
  retryCostUsd: string | null;
  retryShare: string | null;
}

/** reports.retryTax: what second attempts cost, by feature or by what had failed before. */
export const retriesTable = defineTable({
  right: "reports:read",
  input: ReportScope.extend({ by: z.enum(["feature", "cause"]).default("feature") }),
  columns: ({ by }): Column<Line>[] => [
    text(by, ({ key }) => key),
    number("calls", ({ calls }) => calls),
    number("costUsd", ({ costUsd }) => costUsd),
    ...(by === "cause"
      ? [number<Line>("unpricedCalls", ({ unpricedCalls }) => unpricedCalls)]
      : [
          number<Line>("retryCalls", ({ retryCalls }) => retryCalls),
          number<Line>("retryCostUsd", ({ retryCostUsd }) => retryCostUsd),
          number<Line>("retryShare", ({ retryShare }) => retryShare),
        ]),
  ],
  async *pages(ctx, { by, ...scope }) {
    const { byFeature, byErrorClass, watermark } = await retryTax(ctx, scope);
    const { from, to } = resolveRange(scope.from, scope.to, ctx.tenant.timeZone);
    const none = { retryCalls: null, retryCostUsd: null, retryShare: null };
    const rows =
      by === "cause"
        ? byErrorClass.map(({ errorClass, ...figures }): Line => ({ key: errorClass, ...figures, ...none }))
        : byFeature.map(({ feature, ...figures }): Line => ({
            key: feature,
            ...figures,
            unpricedCalls: null,
          }));
    yield { rows, from: from.toISOString(), to: to.toISOString(), watermark };
  },
});
