import type { Outputs } from "@/app/_trpc/client";

export type PromptReport = Outputs["reports"]["promptVersions"]["prompts"][number];
export type PromptVersion = PromptReport["versions"][number];

export interface ReportProps {
  /** Undefined: still loading. */
  report: PromptReport | undefined;
  isStale: boolean;
}
