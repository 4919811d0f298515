import { allowed, publicProcedure, router, signedInProcedure } from "@/server/api/trpc";
import { acceptInvitation } from "@/server/members/accept";
import { changeRole } from "@/server/members/change-role";
import { inviteMember } from "@/server/members/invite";
import { listMembers } from "@/server/members/list";
import { removeMember } from "@/server/members/remove";
import { revokeInvitation } from "@/server/members/revoke-invitation";
import {
  ChangeRoleInput,
  InvitationTokenInput,
  InviteInput,
  RemoveMemberInput,
  RevokeInvitationInput,
} from "@/server/members/schemas";
import { showInvitation } from "@/server/members/show-invitation";

export const membersRouter = router({
  list: allowed("members:read").query(({ ctx }) => listMembers(ctx)),
  invite: allowed("members:write")
    .input(InviteInput)
    .mutation(({ ctx, input }) => inviteMember(ctx, input)),
  revokeInvitation: allowed("members:write")
    .input(RevokeInvitationInput)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
  changeRole: allowed("members:write")
    .input(ChangeRoleInput)
    .mutation(({ ctx, input }) => changeRole(ctx, input)),
  /** Also how a member leaves: the verb asks for more when it is about somebody else. */
  remove: allowed("members:read")
    .input(RemoveMemberInput)
    .mutation(({ ctx, input }) => removeMember(ctx, input)),
  /** For the holder of a link, before they sign in. */
  invitation: publicProcedure
    .input(InvitationTokenInput)
    .query(({ ctx, input }) => showInvitation(input, ctx.now)),
  accept: signedInProcedure
    .input(InvitationTokenInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.session, ctx, input)),
});
