import type { NextAuthOptions } from "next-auth";
import { encode, type JWTEncodeParams } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import EmailProvider from "next-auth/providers/email";
import GithubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import { z } from "zod";
import { mailIsConfigured, sendMail } from "@/server/clients/email";
import { withAuth } from "@/server/db";
import { env } from "@/server/env";
import { isDomainError } from "@/server/errors";
import { createAdapter } from "./adapter";
import { requestGithubProfile } from "./github-profile";
import { authLog } from "./log";
import { personById } from "./queries";
import { safeRedirect } from "./redirect";
import { Email } from "./schemas";
import { personOfSession } from "./session";
import { SessionClaims, sessionMaxAgeSeconds } from "./session-cookie";
import { signInWithPassword } from "./sign-in";
import { countTry } from "./throttle";
import { vouchedEmail } from "./verified-email";

const mailLinkMaxAgeSeconds = 60 * 60;

/** next-auth issues the cookie anew at each look at the session; its end stays where signing in put it. */
async function encodeSession(params: JWTEncodeParams): Promise<string> {
  const end = z.number().safeParse(params.token?.exp);
  if (!end.success) return encode(params);
  return encode({ ...params, maxAge: end.data - Math.floor(Date.now() / 1000) });
}

function providers(address: string): NextAuthOptions["providers"] {
  const password = CredentialsProvider({
    name: "Password",
    credentials: {
      email: { label: "E-mail", type: "email" },
      password: { label: "Password", type: "password" },
    },
    authorize: (credentials) => signInWithPassword(credentials, address),
  });
  // Safe here: `signIn` below lets only addresses through that the provider vouches for.
  const linking = { allowDangerousEmailAccountLinking: true };
  const google =
    env.GOOGLE_CLIENT_ID !== undefined && env.GOOGLE_CLIENT_SECRET !== undefined
      ? [
          GoogleProvider({
            clientId: env.GOOGLE_CLIENT_ID,
            clientSecret: env.GOOGLE_CLIENT_SECRET,
            ...linking,
          }),
        ]
      : [];
  const github =
    env.GITHUB_CLIENT_ID !== undefined && env.GITHUB_CLIENT_SECRET !== undefined
      ? [
          GithubProvider({
            clientId: env.GITHUB_CLIENT_ID,
            clientSecret: env.GITHUB_CLIENT_SECRET,
            ...linking,
            userinfo: { request: requestGithubProfile },
          }),
        ]
      : [];
  const email = mailIsConfigured
    ? [
        EmailProvider({
          from: env.SMTP_FROM,
          maxAge: mailLinkMaxAgeSeconds,
          normalizeIdentifier: (text) => Email.parse(text),
          sendVerificationRequest: ({ identifier, url }) => sendMail(signInMail(identifier, url)),
        }),
      ]
    : [];
  return [password, ...google, ...github, ...email];
}

function signInMail(to: string, url: string) {
  return {
    to,
    subject: "Sign in to Tokenledger",
    text: `Open this link to sign in. It works once, for an hour:\n\n${url}\n\nIf you did not ask for it, nothing has happened: leave it be.\n`,
  };
}

function callbacks(address: string): NonNullable<NextAuthOptions["callbacks"]> {
  return {
    async signIn({ user, account, profile, email }) {
      if (account?.type === "oauth") return vouchedEmail(profile) !== null;
      if (email?.verificationRequest !== true) return true;
      try {
        await countTry("mail", user.email ?? "", address);
        return true;
      } catch (error) {
        if (isDomainError(error)) return `${env.NEXTAUTH_URL}/sign-in?error=EmailSignin`;
        throw error;
      }
    },

    redirect: safeRedirect,

    /** Claims come from the database or from the token itself; what a client sends with "update" is never looked at (P49). */
    async jwt({ token, user, trigger }) {
      if (trigger === "signIn" || trigger === "signUp") {
        const person = await withAuth((db) => personById(db, user.id));
        if (!person) throw new Error("The person is gone.");
        return { personId: person.id, sessionVersion: person.sessionVersion };
      }
      return { ...SessionClaims.parse(token), exp: token.exp };
    },

    async session({ session, token }) {
      const person = await personOfSession(SessionClaims.parse(token));
      // next-auth takes the cookie back when this throws.
      if (!person) throw new Error("The session was ended.");
      return { expires: session.expires, user: { email: person.email, name: person.name } };
    },
  };
}

/** @param address of the client, for rate limits (client-address.ts) */
export function authOptions(address: string): NextAuthOptions {
  return {
    secret: env.NEXTAUTH_SECRET,
    adapter: createAdapter(),
    providers: providers(address),
    callbacks: callbacks(address),
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    jwt: { maxAge: sessionMaxAgeSeconds, encode: encodeSession },
    pages: { signIn: "/sign-in", error: "/sign-in", verifyRequest: "/sign-in?sent=mail" },
    logger: authLog,
  };
}
