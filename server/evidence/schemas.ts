import { z } from "zod";
import { Month } from "@/server/periods/schemas";

/** Of the pack's files; grows when any of them changes its meaning. */
export const evidenceShape = 1;

export const EvidenceInput = z.strictObject({ month: Month });
export type EvidenceInput = z.infer<typeof EvidenceInput>;
