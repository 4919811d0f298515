import type { Metadata } from "next";
import { Link } from "@/app/_components/ui/link";
import { Callout } from "@/app/_components/ui/callout";
import { serverCaller, signedIn } from "@/app/_trpc/server";
import { isDomainError } from "@/server/errors";
import { AuthHeading } from "../_components/auth-heading";
import { RegisterForm } from "../_components/register-form";
import { AcceptForm } from "./accept-form";

// The address holds a secret: it must not travel on in a Referer.
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

interface AcceptInvitationPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** Null for a link that is wrong, used, withdrawn or too old: all alike. */
async function invitationOf(token: string) {
  try {
    return await (await serverCaller()).members.invitation({ token });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const isInputFault = error instanceof Error && "code" in error && error.code === "BAD_REQUEST";
    if (isInputFault || (isDomainError(cause) && cause.code === "NOT_FOUND")) return null;
    throw error;
  }
}

export default async function AcceptInvitationPage({ searchParams }: AcceptInvitationPageProps) {
  const { token } = await searchParams;
  const invitation = typeof token === "string" ? await invitationOf(token) : null;
  if (typeof token !== "string" || invitation === null) {
    return (
      <>
        <AuthHeading title="This invitation is not open">
          The link was used, withdrawn or is older than seven days. Ask for a new one.
        </AuthHeading>
        <Link href="/sign-in" className="text-sm font-medium underline underline-offset-2">
          Sign in
        </Link>
      </>
    );
  }
  const person = await signedIn();
  const backTo = `/accept-invitation?token=${encodeURIComponent(token)}`;
  return (
    <>
      <AuthHeading title={`Join ${invitation.tenantName}`}>
        {invitation.email} is invited as {invitation.role}.
      </AuthHeading>
      {person?.email === invitation.email ? (
        <AcceptForm token={token} tenantName={invitation.tenantName} />
      ) : person ? (
        <Callout tone="warn">
          You are signed in as {person.email}. The invitation is for another address: sign out and open the
          link again.
        </Callout>
      ) : (
        <>
          <RegisterForm invitation={{ token, email: invitation.email }} />
          <p className="mt-5 text-sm text-ink-muted">
            Have an account already?{" "}
            <Link
              href={`/sign-in?callbackUrl=${encodeURIComponent(backTo)}`}
              className="font-medium text-ink underline underline-offset-2"
            >
              Sign in
            </Link>
          </p>
        </>
      )}
    </>
  );
}
