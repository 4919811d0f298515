import { z } from "zod";
import { storableText } from "@/server/calls/schemas";

export const SetPseudonymsInput = z.strictObject({
  pseudonymise: z.boolean(),
  /** Ids of one person before and after are two users: somebody must want that. */
  confirm: z.literal(true, "confirm that users of before and after are told apart"),
});
export type SetPseudonymsInput = z.infer<typeof SetPseudonymsInput>;

export const LookUpPseudonymInput = z.strictObject({ userId: storableText(256) });
export type LookUpPseudonymInput = z.infer<typeof LookUpPseudonymInput>;

export const shredWords = "delete the key";
export const ShredPseudonymKeyInput = z.strictObject({
  confirm: z.literal(shredWords, `type "${shredWords}"`),
});
export type ShredPseudonymKeyInput = z.infer<typeof ShredPseudonymKeyInput>;

export const EraseUserInput = z
  .strictObject({
    /** As the app sends it; a pseudonym finds what is stored under the pseudonym alone. */
    userId: storableText(256),
    /** The same once more, typed. */
    confirm: z.string(),
  })
  .refine(({ userId, confirm }) => userId === confirm, {
    path: ["confirm"],
    message: "type the user id once more",
  });
export type EraseUserInput = z.infer<typeof EraseUserInput>;
