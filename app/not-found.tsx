import type { Metadata } from "next";
import { Logo } from "@/app/_components/logo";
import { ButtonLink } from "@/app/_components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-6">
      <Logo />
      <p className="figures mt-10 text-xs font-medium text-ink-faint">404</p>
      <h1 className="mt-1 text-xl font-semibold tracking-tight">There is nothing here</h1>
      <p className="mt-2 text-sm text-ink-muted">
        The address is wrong, or it belongs to an organisation that you are not a member of. We do not say
        which.
      </p>
      <div className="mt-6">
        <ButtonLink href="/" variant="primary">
          To the start
        </ButtonLink>
      </div>
    </main>
  );
}
