import { toGeometry } from "@/app/_format/money";
import type { PromptChangeRow } from "@/server/analytics/prompts/prompt-changes";

/** Less of a change than this is noise. */
const worthSaying = 0.05;

/** The change that costs most more in the stretch; null where none does. */
export function worstChange<Row extends Pick<PromptChangeRow, "change">>(rows: readonly Row[]): Row | null {
  return rows.reduce<Row | null>((worst, row) => {
    const { extraInRangeUsd, change } = row.change;
    const usd = toGeometry(extraInRangeUsd ?? "0");
    const isWorth = usd > 0 && (change === null || toGeometry(change) >= worthSaying);
    return isWorth && (worst === null || usd > toGeometry(worst.change.extraInRangeUsd ?? "0")) ? row : worst;
  }, null);
}

/** The latest change of a prompt by the day on which it came; null: it had none. */
export function latestChange<
  Version extends Pick<PromptChangeRow, "version"> & { change: PromptChangeRow["change"] | null },
>(versions: readonly Version[]): (Version & { change: PromptChangeRow["change"] }) | null {
  return versions.reduce<(Version & { change: PromptChangeRow["change"] }) | null>((latest, version) => {
    const { change } = version;
    if (!change || (latest && latest.change.changedOn >= change.changedOn)) return latest;
    return { ...version, change };
  }, null);
}
