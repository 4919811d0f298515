import { env } from "@/server/env";
import { mailIsConfigured } from "@/server/clients/email";

export interface SignInWays {
  google: boolean;
  github: boolean;
  /** A link by mail. */
  email: boolean;
}

/** Which ways in, besides the password, this installation offers. */
export function signInWays(): SignInWays {
  return {
    google: env.GOOGLE_CLIENT_ID !== undefined,
    github: env.GITHUB_CLIENT_ID !== undefined,
    email: mailIsConfigured,
  };
}
