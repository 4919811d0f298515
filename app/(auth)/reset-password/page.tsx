import type { Metadata } from "next";
import { AuthHeading } from "../_components/auth-heading";
import { ResetForm } from "./reset-form";

// The address holds a secret: it must not travel on in a Referer.
export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

interface ResetPasswordPageProps {
  searchParams: Promise<{ email?: string | string[]; token?: string | string[] }>;
}

export default async function ResetPasswordPage({ searchParams }: ResetPasswordPageProps) {
  const { email, token } = await searchParams;
  if (typeof email !== "string" || typeof token !== "string") {
    return (
      <AuthHeading title="This link is not complete">
        Open it again from the mail, or ask for a new one.
      </AuthHeading>
    );
  }
  return (
    <>
      <AuthHeading title="Choose a new password">For {email}. All sessions of this account end.</AuthHeading>
      <ResetForm email={email} token={token} />
    </>
  );
}
