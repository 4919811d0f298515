import type { Metadata } from "next";
import { Link } from "@/app/_components/ui/link";
import { redirect } from "next/navigation";
import { signedIn } from "@/app/_trpc/server";
import { AuthHeading } from "../_components/auth-heading";
import { RegisterForm } from "../_components/register-form";

export const metadata: Metadata = { title: "Create an account" };

export default async function RegisterPage() {
  if (await signedIn()) redirect("/");
  return (
    <>
      <AuthHeading title="Create an account">
        Then you name your organisation, and its ledger is ready.
      </AuthHeading>
      <RegisterForm />
      <p className="mt-5 text-sm text-ink-muted">
        Have one already?{" "}
        <Link href="/sign-in" className="font-medium text-ink underline underline-offset-2">
          Sign in
        </Link>
      </p>
    </>
  );
}
