import type { Metadata } from "next";
import { Link } from "@/app/_components/ui/link";
import { redirect } from "next/navigation";
import { serverCaller, signedIn } from "@/app/_trpc/server";
import { Callout } from "@/app/_components/ui/callout";
import { signInSentences } from "@/server/auth/schemas";
import { AuthHeading } from "../_components/auth-heading";
import { safePath } from "../_components/back-to";
import { OtherWays } from "./other-ways";
import { PasswordForm } from "./password-form";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[]; error?: string; sent?: string; reset?: string }>;
}

function sentenceFor(code: string): string {
  return Object.entries(signInSentences).find(([name]) => name === code)?.[1] ?? signInSentences.Default;
}

/** next-auth sends whole URLs; only their path counts. */
function pathOf(callbackUrl: string | string[] | undefined): string {
  const isWhole =
    typeof callbackUrl === "string" && /^https?:/.test(callbackUrl) && URL.canParse(callbackUrl);
  const url = isWhole ? new URL(callbackUrl) : null;
  return safePath(url ? `${url.pathname}${url.search}` : callbackUrl, "/");
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl, error, sent, reset } = await searchParams;
  const backTo = pathOf(callbackUrl);
  if (await signedIn()) redirect(backTo);
  const ways = await (await serverCaller()).account.signInWays();
  return (
    <>
      <AuthHeading title="Sign in" />
      <div className="space-y-5">
        {error !== undefined && <Callout tone="bad">{sentenceFor(error)}</Callout>}
        {sent !== undefined && <Callout>We have sent you a link. It works once, for an hour.</Callout>}
        {reset !== undefined && <Callout>Your password is changed. Sign in with the new one.</Callout>}
        <PasswordForm backTo={backTo} canReset={ways.email} />
        <OtherWays ways={ways} backTo={backTo} />
        <p className="text-sm text-ink-muted">
          New here?{" "}
          <Link href="/register" className="font-medium text-ink underline underline-offset-2">
            Create an account
          </Link>
        </p>
      </div>
    </>
  );
}
