import { z } from "zod";
import { DomainError } from "@/server/errors";
import { errors } from "../errors/errors";
import {
  type ErrorFigures,
  ErrorsInput,
  type FailureFigures,
  mostErrorGroups,
} from "../errors/errors-schemas";
import { prefixed } from "./figure-columns";
import { type Column, defineTable, number, text } from "./table";

interface Line {
  errorClass: string | null;
  key: string | null;
  /** Null: of classes there is no rate. */
  current: ErrorFigures | null;
  failures: FailureFigures;
  previous: ErrorFigures | null;
  failuresBefore: FailureFigures | null;
}

const rates = [
  "calls",
  "errorCalls",
  "errorRate",
  "costUsd",
] as const satisfies readonly (keyof ErrorFigures)[];
const rateColumns = (of: (line: Line) => ErrorFigures | null, prefix = "") =>
  rates.map((name) => number<Line>(prefixed(prefix, name), (line) => of(line)?.[name] ?? null));
const failureColumns = (of: (line: Line) => FailureFigures | null, prefix = "") =>
  (["billed", "unknown", "notBilled"] as const).flatMap((billed) =>
    (["calls", "costUsd", "unpricedCalls"] as const).map((name) =>
      number<Line>(prefixed(prefix, prefixed(billed, name)), (line) => of(line)?.[billed][name] ?? null),
    ),
  );

const views = ["class", "feature", "model", "classAndFeature"] as const;

/** reports.errors, one of its lists, whole. */
export const errorsTable = defineTable({
  right: "reports:read",
  input: ErrorsInput.omit({ limit: true }).extend({ by: z.enum(views).default("class") }),
  columns: ({ by, compare }): Column<Line>[] => {
    const isRate = by === "feature" || by === "model";
    const isCompared = compare !== undefined && by !== "classAndFeature";
    return [
      ...(isRate ? [] : [text<Line>("errorClass", ({ errorClass }) => errorClass)]),
      ...(by === "class" ? [] : [text<Line>(by === "model" ? "model" : "feature", ({ key }) => key)]),
      ...(isRate ? rateColumns(({ current }) => current) : []),
      ...failureColumns(({ failures }) => failures),
      ...(isRate && isCompared ? rateColumns(({ previous }) => previous, "previous") : []),
      ...(isCompared ? failureColumns(({ failuresBefore }) => failuresBefore, "previous") : []),
    ];
  },
  async *pages(ctx, { by, ...input }) {
    const answer = await errors(ctx, { ...input, limit: mostErrorGroups });
    const groups = by === "model" ? answer.models.groups : answer.features.groups;
    if (by !== "class" && groups > mostErrorGroups) {
      const most = mostErrorGroups.toLocaleString("en-US");
      throw new DomainError("PAYLOAD_TOO_LARGE", `There are more than ${most}. Choose a shorter range.`, {
        field: "from",
      });
    }
    const { from, to, watermark } = answer;
    yield { rows: linesOf(by, answer), from, to, watermark };
  },
});

function linesOf(by: (typeof views)[number], answer: Awaited<ReturnType<typeof errors>>): Line[] {
  const without = { errorClass: null, key: null, current: null, previous: null, failuresBefore: null };
  if (by === "class") {
    return answer.classes.map(({ errorClass, current, previous }) => ({
      ...without,
      errorClass,
      failures: current,
      failuresBefore: previous,
    }));
  }
  if (by === "classAndFeature") {
    return answer.cells.map(({ errorClass, feature, failures }) => ({
      ...without,
      errorClass,
      key: feature,
      failures,
    }));
  }
  return (by === "model" ? answer.models : answer.features).rows.map(({ key, current, previous }) => ({
    errorClass: null,
    key,
    current,
    failures: current.failures,
    previous,
    failuresBefore: previous && previous.failures,
  }));
}
