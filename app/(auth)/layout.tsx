import { Link } from "@/app/_components/ui/link";
import type { ReactNode } from "react";
import { Logo } from "@/app/_components/logo";
import { TrpcProvider } from "@/app/_trpc/client";

export const dynamic = "force-dynamic";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <TrpcProvider tenantSlug={null}>
      <div className="flex min-h-dvh flex-col px-5 py-6">
        <header className="flex">
          <Link href="/" className="rounded-md">
            <Logo />
          </Link>
        </header>
        <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10">{children}</main>
      </div>
    </TrpcProvider>
  );
}
