import { shortVersion } from "@/app/_components/charts/prepare-version-timeline";
import { formatDay } from "@/app/_format/dates";
import { groupWords } from "../_reports/groups";

export const versionName = (version: string | null) =>
  version === null ? groupWords.promptVersion.without : shortVersion(version);

/** "v3 → v4 on 28 Oct" */
export function changeWords(
  version: string | null,
  { previousVersion, changedOn }: { previousVersion: string | null; changedOn: string },
): string {
  return `${versionName(previousVersion)} → ${versionName(version)} on ${formatDay(changedOn)}`;
}
