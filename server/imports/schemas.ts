import { z } from "zod";
import { TimeZone } from "@/server/tenants/schemas";

/** The largest file that a browser may send; larger ones go through `npm run import`, which needs no copy. */
export const maxUploadBytes = 512 * 1024 * 1024;
/** Rows that a preview shows. */
export const previewRows = 10;
/** Rejected rows that are kept with their reasons; all are counted. */
export const keptRejections = 10_000;

export const importFormats = ["csv", "jsonl"] as const;
export type ImportFormat = (typeof importFormats)[number];

/** Fields of a call that a column can be mapped to, and what their text is read as. `tags.<name>` is text too. */
export const importFields = {
  id: "text",
  occurredAt: "instant",
  kind: "text",
  provider: "text",
  model: "text",
  userId: "text",
  accountId: "text",
  feature: "text",
  team: "text",
  environment: "text",
  "prompt.id": "text",
  "prompt.version": "text",
  "prompt.hash": "text",
  route: "text",
  region: "text",
  tier: "text",
  runId: "text",
  rootRequestId: "text",
  providerRequestId: "text",
  attempt: "integer",
  errorClass: "text",
  billed: "text",
  batch: "boolean",
  cache: "text",
  latencyMs: "integer",
  "usage.inputTokens": "integer",
  "usage.outputTokens": "integer",
  "usage.cacheReadTokens": "integer",
  "usage.cacheWrite5mTokens": "integer",
  "usage.cacheWrite1hTokens": "integer",
  "usage.audioInputTokens": "integer",
  "usage.reasoningTokens": "integer",
  "usage.audioOutputTokens": "integer",
  "usage.toolUnits": "integer",
  reportedCostUsd: "usd",
} as const;
export type ImportField = keyof typeof importFields;
export type FieldKind = (typeof importFields)[ImportField];

const tagField = /^tags\.[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}$/;
export const isImportField = (name: string): boolean =>
  Object.hasOwn(importFields, name) || tagField.test(name);

const Field = z.string().refine(isImportField, "is not a field of a call; tags are named tags.<name>");

/** How a row becomes a call. */
export const ImportMapping = z
  .strictObject({
    /** Field → column of the file (in JSON lines: a path with dots). */
    columns: z.record(Field, z.string().min(1).max(300)),
    /** Field → the value of every row that has none in its column. */
    set: z.record(Field, z.string().min(1).max(300)).default({}),
    /** Zone of times that name none. */
    zone: TimeZone.default("UTC"),
  })
  .refine(({ columns, set }) => "occurredAt" in columns || "occurredAt" in set, {
    path: ["columns", "occurredAt"],
    message: "name the column that tells when the call occurred",
  });
export type ImportMapping = z.infer<typeof ImportMapping>;

export const PrepareUploadInput = z.strictObject({ fileName: z.string().min(1).max(300) });
export type PrepareUploadInput = z.infer<typeof PrepareUploadInput>;

export const PreviewImportInput = z.strictObject({ uploadId: z.uuid(), mapping: ImportMapping.optional() });
export type PreviewImportInput = z.input<typeof PreviewImportInput>;

export const StartImportInput = z.strictObject({ uploadId: z.uuid(), mapping: ImportMapping });
export type StartImportInput = z.input<typeof StartImportInput>;

export const ShowImportInput = z.strictObject({ id: z.uuid() });
export type ShowImportInput = z.infer<typeof ShowImportInput>;
