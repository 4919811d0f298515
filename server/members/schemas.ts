import { z } from "zod";
import { Role } from "@/server/auth/permissions";
import { Email } from "@/server/auth/schemas";

export const invitationDays = 7;

export const InviteInput = z.strictObject({ email: Email, role: Role });
export type InviteInput = z.input<typeof InviteInput>;

/** As it stands in the link; anything that is not one of ours is simply not found. */
export const InvitationTokenInput = z.strictObject({ token: z.string().min(1).max(128) });
export type InvitationTokenInput = z.input<typeof InvitationTokenInput>;

export const RevokeInvitationInput = z.strictObject({ id: z.uuid() });
export type RevokeInvitationInput = z.input<typeof RevokeInvitationInput>;

export const ChangeRoleInput = z.strictObject({ personId: z.uuid(), role: Role });
export type ChangeRoleInput = z.input<typeof ChangeRoleInput>;

export const RemoveMemberInput = z.strictObject({ personId: z.uuid() });
export type RemoveMemberInput = z.input<typeof RemoveMemberInput>;
