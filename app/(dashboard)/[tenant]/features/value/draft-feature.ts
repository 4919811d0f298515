import { type FeatureSetting, SetFeatureInput } from "@/server/features/schemas";

/** What the form holds, as typed. */
export interface DraftFeature {
  /** A person's id; empty: nobody. */
  ownerId: string;
  /** Empty: none. */
  conversionEvent: string;
  protectedReason: string;
  seasonalMonths: readonly number[];
}

export const draftOf = (setting: FeatureSetting): DraftFeature => ({
  ownerId: setting.ownerId ?? "",
  conversionEvent: setting.conversionEvent ?? "",
  protectedReason: setting.protectedReason ?? "",
  seasonalMonths: setting.seasonalMonths,
});

export const withMonth = (draft: DraftFeature, month: number, isIn: boolean): DraftFeature => ({
  ...draft,
  seasonalMonths: [...draft.seasonalMonths.filter((one) => one !== month), ...(isIn ? [month] : [])].sort(
    (one, other) => one - other,
  ),
});

const said = (text: string) => (text.trim() === "" ? null : text.trim());

/** Null: it cannot be saved as it is. */
export function inputOf(feature: string, draft: DraftFeature): SetFeatureInput | null {
  const input = {
    feature,
    ownerId: said(draft.ownerId),
    // As it is sent: blanks are part of a name.
    conversionEvent: draft.conversionEvent === "" ? null : draft.conversionEvent,
    protectedReason: said(draft.protectedReason),
    seasonalMonths: [...draft.seasonalMonths],
  };
  return SetFeatureInput.safeParse(input).success ? input : null;
}
