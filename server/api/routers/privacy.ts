import { allowed, router } from "@/server/api/trpc";
import { eraseUser } from "@/server/privacy/erase-user";
import { listErasures } from "@/server/privacy/list-erasures";
import { lookUpPseudonym } from "@/server/privacy/look-up-pseudonym";
import {
  EraseUserInput,
  LookUpPseudonymInput,
  SetPseudonymsInput,
  ShredPseudonymKeyInput,
} from "@/server/privacy/schemas";
import { setPseudonyms } from "@/server/privacy/set-pseudonyms";
import { showPrivacy } from "@/server/privacy/show";
import { shredPseudonymKey } from "@/server/privacy/shred-pseudonym-key";

/** Whatever names a user is a mutation: a query's input would stand in addresses, which end in logs. */
export const privacyRouter = router({
  show: allowed("privacy:write").query(({ ctx }) => showPrivacy(ctx)),
  setPseudonyms: allowed("privacy:write")
    .input(SetPseudonymsInput)
    .mutation(({ ctx, input }) => setPseudonyms(ctx, input)),
  lookUpPseudonym: allowed("privacy:write")
    .input(LookUpPseudonymInput)
    .mutation(({ ctx, input }) => lookUpPseudonym(ctx, input)),
  shredPseudonymKey: allowed("privacy:write")
    .input(ShredPseudonymKeyInput)
    .mutation(({ ctx, input }) => shredPseudonymKey(ctx, input)),
  eraseUser: allowed("privacy:write")
    .input(EraseUserInput)
    .mutation(({ ctx, input }) => eraseUser(ctx, input)),
  erasures: allowed("privacy:write").query(({ ctx }) => listErasures(ctx)),
});
