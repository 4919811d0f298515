"use client";

import { useQueryState } from "nuqs";
import { ReportFrame } from "../_reports/report-frame";
import { useBreakdown } from "../_reports/use-breakdown";
import { ChangesCard } from "./changes-card";
import { Prompt } from "./prompt";
import { PromptsCard } from "./prompts-card";
import { promptParams } from "./search-params";

function AllPrompts() {
  const table = useBreakdown("prompt");
  return (
    <ReportFrame title="Prompts" watermark={table.query.data?.watermark}>
      <ChangesCard />
      <PromptsCard table={table} />
    </ReportFrame>
  );
}

/** All prompts, or the one that the address names. */
export function Prompts() {
  const [prompt] = useQueryState("prompt", promptParams.prompt);
  return prompt === null ? <AllPrompts /> : <Prompt key={prompt} prompt={prompt} />;
}
