import { redirect } from "next/navigation";
import { Logo } from "@/app/_components/logo";
import { ThemeToggle } from "@/app/_components/theme-toggle";
import { ButtonLink } from "@/app/_components/ui/button";
import { serverCaller, signedIn } from "@/app/_trpc/server";
import { ExampleCall } from "./example-call";
import { Promises } from "./promises";

export const dynamic = "force-dynamic";

/** Members go straight to their ledger; everybody else is told what this is. */
export default async function LandingPage() {
  if (await signedIn()) {
    const [first] = await (await serverCaller()).tenants.mine();
    redirect(first ? `/${first.slug}/overview` : "/new-tenant");
  }
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-5 sm:px-8">
      <header className="flex h-16 items-center justify-between">
        <Logo />
        <ButtonLink href="/sign-in" variant="ghost">
          Sign in
        </ButtonLink>
      </header>
      <main className="flex-1 py-10 sm:py-16">
        <div className="grid items-center gap-12 lg:grid-cols-[1.05fr_1fr] lg:gap-16">
          <div>
            <h1 className="text-[2rem]/[1.15] font-semibold tracking-tight text-balance sm:text-[2.75rem]/[1.1]">
              LLM costs, to the last digit. And what is missing from them.
            </h1>
            <p className="mt-5 max-w-xl text-base/6 text-ink-muted sm:text-[1rem]/7">
              Tokenledger keeps one row for every model call: who made it, for which feature and prompt, and
              what it cost at the price of that day. Every total says what it does not contain.
            </p>
            <div className="mt-8 flex flex-wrap gap-3">
              <ButtonLink href="/sign-in" variant="primary" size="lg">
                Sign in
              </ButtonLink>
              <ButtonLink href="/register" size="lg">
                Create an account
              </ButtonLink>
            </div>
          </div>
          <ExampleCall />
        </div>
        <Promises />
      </main>
      <footer className="flex flex-wrap items-center justify-between gap-3 border-t py-5 text-xs text-ink-faint">
        <span>Tokenledger, MIT licence. Prompt and completion text is never stored.</span>
        <ThemeToggle />
      </footer>
    </div>
  );
}
