import { publicProcedure, router, signedInProcedure } from "@/server/api/trpc";
import { changePassword } from "@/server/auth/change-password";
import { forgotPassword } from "@/server/auth/forgot-password";
import { me } from "@/server/auth/me";
import { signInWays } from "@/server/auth/providers";
import { register } from "@/server/auth/register";
import { resetPassword } from "@/server/auth/reset-password";
import {
  ChangePasswordInput,
  ForgotPasswordInput,
  RegisterInput,
  ResetPasswordInput,
} from "@/server/auth/schemas";
import { signOutEverywhere } from "@/server/auth/sign-out-everywhere";

export const accountRouter = router({
  /** Which sign-in buttons there are. */
  signInWays: publicProcedure.query(() => signInWays()),
  register: publicProcedure.input(RegisterInput).mutation(({ ctx, input }) => register(ctx, input)),
  forgotPassword: publicProcedure.input(ForgotPasswordInput).mutation(async ({ ctx, input }) => {
    await forgotPassword(ctx, input);
    return { ok: true };
  }),
  resetPassword: publicProcedure.input(ResetPasswordInput).mutation(async ({ ctx, input }) => {
    await resetPassword(ctx, input);
    return { ok: true };
  }),
  me: signedInProcedure.query(({ ctx }) => me(ctx.session)),
  /** Ends all sessions: the browser signs in again with the new password. */
  changePassword: signedInProcedure.input(ChangePasswordInput).mutation(async ({ ctx, input }) => {
    await changePassword(ctx.session, ctx.address, input);
    return { ok: true };
  }),
  signOutEverywhere: signedInProcedure.mutation(async ({ ctx }) => {
    await signOutEverywhere(ctx.session);
    return { ok: true };
  }),
});
