import { z } from "zod";
import { type IssuerDetails, SaveIssuerInput } from "@/server/invoices/schemas";
import { faultsOf, linesIn } from "../typed";

/** Who bills, as the form holds it. */
export const DraftIssuer = z.object({
  name: z.string(),
  address: z.string(),
  vatId: z.string(),
  bank: z.string(),
  note: z.string(),
  numberPrefix: z.string(),
  dueDays: z.string(),
  /** Empty: none. */
  defaultPlanId: z.string(),
});
export type DraftIssuer = z.infer<typeof DraftIssuer>;

export const draftOf = (details: IssuerDetails, defaultPlanId: string | null): DraftIssuer => ({
  name: details.name,
  address: details.addressLines.join("\n"),
  vatId: details.vatId,
  bank: details.bankLines.join("\n"),
  note: details.note,
  numberPrefix: details.numberPrefix,
  dueDays: String(details.dueDays),
  defaultPlanId: defaultPlanId ?? "",
});

/** What is saved, or what is wrong by the path of the field. */
export function issuerOf(draft: DraftIssuer) {
  const { name, address, vatId, bank, note, numberPrefix, dueDays, defaultPlanId } = draft;
  const read = SaveIssuerInput.safeParse({
    defaultPlanId: defaultPlanId === "" ? null : defaultPlanId,
    details: {
      name,
      addressLines: linesIn(address),
      vatId,
      bankLines: linesIn(bank),
      note,
      numberPrefix: numberPrefix.trim(),
      dueDays: dueDays.trim() === "" ? Number.NaN : Number(dueDays),
    },
  });
  return { input: read.data ?? null, errors: faultsOf(read.error) };
}
