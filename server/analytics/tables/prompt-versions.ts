import { PromptVersionsInput } from "../prompt-schemas";
import { perCall } from "../prompts/per-call";
import { promptVersions, type PromptReport, type PromptVersion } from "../prompts/prompt-versions";
import { promptColumns } from "./prompt-columns";
import { type Column, defineTable, number, text } from "./table";

type Line = Omit<PromptVersion, "firstDay" | "lastDay" | "days"> & {
  prompt: string;
  firstDay: string | null;
  lastDay: string | null;
  /** The line stands for so many versions. */
  versions: number;
};

/** A line for each version; those beyond the ones told apart share one, which has no version and says how many they are. */
function linesOf({ prompt, versions, rest }: PromptReport): Line[] {
  const told = versions.map((version) => ({ prompt, ...version, versions: 1 }));
  if (!rest) return told;
  const others = { ...rest, ...perCall(rest), version: null, isOther: true };
  return [...told, { prompt, ...others, firstDay: null, lastDay: null, change: null }];
}

/** reports.promptVersions, version by version. */
export const promptVersionsTable = defineTable({
  right: "reports:read",
  input: PromptVersionsInput.omit({ daily: true }),
  columns: (): Column<Line>[] => [
    text("prompt", ({ prompt }) => prompt),
    text("version", ({ version }) => version),
    text("isOther", ({ isOther }) => isOther),
    number("versions", ({ versions }) => versions),
    text("firstDay", ({ firstDay }) => firstDay),
    text("lastDay", ({ lastDay }) => lastDay),
    ...promptColumns<Line>(
      (line) => line,
      ({ change }) => change,
    ),
  ],
  async *pages(ctx, input) {
    const { prompts, from, to, watermark } = await promptVersions(ctx, input);
    yield { rows: prompts.flatMap(linesOf), from, to, watermark };
  },
});
