import { z } from "zod";
import { SaveAccountInput } from "@/server/invoices/schemas";
import { reverseChargeNote } from "../plans/draft-plan";
import { faultsOf, linesIn, plainDecimal } from "../typed";
import type { BilledAccount } from "./accounts";

/** How an account is billed, as the form holds it. */
export const DraftAccount = z.object({
  isBilled: z.boolean(),
  /** Empty: the default. */
  planId: z.string(),
  billFrom: z.string(),
  billThrough: z.string(),
  name: z.string(),
  address: z.string(),
  email: z.string(),
  vatId: z.string(),
  dueDays: z.string(),
  taxKind: z.enum(["plan", "none", "rate", "reverse_charge"]),
  taxName: z.string(),
  taxPercent: z.string(),
  taxNote: z.string(),
});
export type DraftAccount = z.infer<typeof DraftAccount>;

export const draftOf = ({ planId, isBilled, billFrom, billThrough, details }: BilledAccount): DraftAccount => ({
  isBilled,
  planId: planId ?? "",
  billFrom: billFrom ?? "",
  billThrough: billThrough ?? "",
  name: details.name,
  address: details.addressLines.join("\n"),
  email: details.email,
  vatId: details.vatId,
  dueDays: details.dueDays === null ? "" : String(details.dueDays),
  taxKind: details.tax?.kind ?? "plan",
  taxName: details.tax?.kind === "rate" ? details.tax.name : "VAT",
  taxPercent: details.tax?.kind === "rate" ? details.tax.percent : "",
  taxNote: details.tax?.kind === "reverse_charge" ? details.tax.note : reverseChargeNote,
}); // prettier-ignore

function taxOf({ taxKind: kind, taxName, taxPercent, taxNote }: DraftAccount): object | null {
  switch (kind) {
    case "plan":
      return null;
    case "none":
      return { kind };
    case "rate":
      return { kind, name: taxName, percent: plainDecimal(taxPercent) };
    case "reverse_charge":
      return { kind, note: taxNote };
  }
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

/** What is saved, or what is wrong by the path of the field. */
export function accountOf(accountId: string, draft: DraftAccount) {
  const read = SaveAccountInput.safeParse({
    accountId,
    planId: orNull(draft.planId),
    isBilled: draft.isBilled,
    billFrom: orNull(draft.billFrom),
    billThrough: orNull(draft.billThrough),
    details: {
      name: draft.name,
      addressLines: linesIn(draft.address),
      email: draft.email.trim(),
      vatId: draft.vatId,
      dueDays: draft.dueDays.trim() === "" ? null : Number(draft.dueDays),
      tax: taxOf(draft),
    },
  });
  return { input: read.data ?? null, errors: faultsOf(read.error) };
}
