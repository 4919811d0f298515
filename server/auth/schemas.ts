import { z } from "zod";

// Checked before it is lowered: some letters outside ASCII lower into it, and would name somebody else.
export const Email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email("must be an e-mail address"))
  .transform((email) => email.toLowerCase());

export const minPasswordLength = 12;
/** Length is all that we ask of a password; the upper bound caps the work of hashing it. */
export const Password = z
  .string()
  .min(minPasswordLength, `must have ${String(minPasswordLength)} characters or more`)
  .max(256, "must have 256 characters or fewer");

/** No control characters: these texts end up in mail headers and tables. */
export const printable = /^\P{Cc}*$/u;
export const PersonName = z.string().trim().max(120).regex(printable, "must be printable");

/** What the sign-in form sends. Any length of password is looked at, so that an answer never tells the rules apart. */
export const SignInInput = z.object({ email: Email, password: z.string().min(1).max(1024) });
export type SignInInput = z.infer<typeof SignInInput>;

export const RegisterInput = z.strictObject({
  email: Email,
  password: Password,
  name: PersonName.default(""),
  invitationToken: z.string().max(128).optional(),
});
export type RegisterInput = z.input<typeof RegisterInput>;

export const ChangePasswordInput = z.strictObject({
  /** Left out by people who have none yet. */
  current: z.string().min(1).max(1024).optional(),
  next: Password,
});
export type ChangePasswordInput = z.input<typeof ChangePasswordInput>;

export const ForgotPasswordInput = z.strictObject({ email: Email });
export type ForgotPasswordInput = z.input<typeof ForgotPasswordInput>;

export const ResetPasswordInput = z.strictObject({
  email: Email,
  token: z.string().max(128),
  password: Password,
});
export type ResetPasswordInput = z.input<typeof ResetPasswordInput>;

/** One number for the limiter and for the sentence that explains it. */
export const signInTries = { count: 10, minutes: 15 } as const;

/** What next-auth's error codes mean to the person at the sign-in page; an unknown code is "Default". */
export const signInSentences = {
  CredentialsSignin: `The e-mail address or the password is wrong. After ${String(signInTries.count)} wrong tries, sign-in by password pauses for ${String(signInTries.minutes)} minutes.`,
  AccessDenied:
    "This account's e-mail address is not verified with the provider, so we cannot tell that it is yours.",
  OAuthAccountNotLinked: "This address belongs to an account that signs in another way.",
  Verification: "This link has been used already or is too old. Ask for a new one.",
  EmailSignin: "The e-mail could not be sent. Check the address and try again in a few minutes.",
  Default: "Signing in did not work. Please try again.",
} as const;
