import type { UserinfoEndpointHandler } from "next-auth/providers/oauth";
import { primaryVerifiedEmail } from "./verified-email";

type ProfileRequest = Exclude<NonNullable<Extract<UserinfoEndpointHandler, object>["request"]>, string>;

const emailsUrl = "https://api.github.com/user/emails";

/** GitHub's profile with the address that its owner proved, if any, in the shape that OpenID providers use. */
export const requestGithubProfile: ProfileRequest = async ({ client, tokens }) => {
  const accessToken = tokens.access_token ?? "";
  const profile = await client.userinfo(accessToken);
  const response = await fetch(emailsUrl, {
    headers: { authorization: `Bearer ${accessToken}`, accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(5_000),
  });
  const email = response.ok ? primaryVerifiedEmail(await response.json()) : null;
  return { ...profile, email: email ?? undefined, email_verified: email !== null };
};
