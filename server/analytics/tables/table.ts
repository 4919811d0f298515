import type { z } from "zod";
import type { Right } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import type { WatermarkAnswer } from "../freshness";
import type { Kind, Value } from "./cell";

export interface Column<Row> {
  /** The header: the field's name in the JSON answer, so that file and API are read alike. */
  key: string;
  kind: Kind;
  of: (row: Row) => Value;
}

export const text = <Row>(key: string, of: Column<Row>["of"]): Column<Row> => ({ key, kind: "text", of });
export const number = <Row>(key: string, of: Column<Row>["of"]): Column<Row> => ({ key, kind: "number", of });

export interface PageFacts {
  /** Instants of what was asked for; `to` is exclusive. */
  from: string;
  to: string;
  /** Null: of the ledger itself, which no roll-up stands before. */
  watermark: WatermarkAnswer | null;
}

export interface Page<Row> extends PageFacts {
  rows: readonly Row[];
}

interface TableParts<Schema extends z.ZodType, Row> {
  /** What it takes to read it. */
  right: Right;
  /** The question, as the procedure of the same figures takes it. */
  input: Schema;
  /** The columns of that question: what is not asked for is not there. */
  columns: (input: z.output<Schema>) => readonly Column<Row>[];
  /**
   * All rows of the question in the order in which the screen shows them, page by page, at least one page (an empty one, if
   * need be). The next page is asked for when the one before is written, so hold no more than one in memory. What cannot be
   * told whole is thrown, never left out: the file then breaks off where its reader sees it.
   */
  pages: (ctx: Ctx, input: z.output<Schema>) => AsyncIterable<Page<Row>>;
}

export interface OpenTable {
  header: readonly string[];
  pages: AsyncIterable<Page<readonly { kind: Kind; value: Value }[]>>;
}

/** A table, whatever its rows are. */
export interface ReportTable<Schema extends z.ZodType = z.ZodType> {
  right: Right;
  input: Schema;
  /** @throws DomainError INVALID_INPUT for what is no question of this table */
  open: (ctx: Ctx, question: unknown) => OpenTable;
}

/** Makes a table that can be downloaded; registry.ts gives it its name. */
export function defineTable<Schema extends z.ZodType, Row>(
  parts: TableParts<Schema, Row>,
): ReportTable<Schema> {
  return {
    right: parts.right,
    input: parts.input,
    open(ctx, question) {
      const input = parsed(parts.input, question);
      const columns = parts.columns(input);
      async function* pages() {
        for await (const page of parts.pages(ctx, input)) {
          const rows = page.rows.map((row) => columns.map(({ kind, of }) => ({ kind, value: of(row) })));
          yield { ...page, rows };
        }
      }
      return { header: columns.map(({ key }) => key), pages: pages() };
    },
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, question: unknown): z.output<Schema> {
  const result = schema.safeParse(question);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const field = first?.path.map(String).join(".") ?? "";
  const message = first?.message ?? "is no question of this table";
  throw new DomainError("INVALID_INPUT", field === "" ? message : `${field}: ${message}`, { field });
}
