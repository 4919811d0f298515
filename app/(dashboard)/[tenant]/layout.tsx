import type { Metadata } from "next";
import type { ReactNode } from "react";
import { TrpcProvider } from "@/app/_trpc/client";
import { requireTenant } from "@/app/_trpc/server";
import { BottomNavigation, SideNavigation } from "./_components/navigation";
import { TenantProvider } from "./_components/tenant-context";
import { TenantSwitcher } from "./_components/tenant-switcher";
import { UserMenu } from "./_components/user-menu";
import { CommandCenter } from "./_palette/command-center";
import { WhyDoor } from "./_why/why-door";

export const dynamic = "force-dynamic";

interface DashboardLayoutProps {
  params: Promise<{ tenant: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: DashboardLayoutProps): Promise<Metadata> {
  const { tenant } = await requireTenant((await params).tenant);
  return { title: { default: tenant.name, template: `%s · ${tenant.name} · Tokenledger` } };
}

export default async function DashboardLayout({ params, children }: DashboardLayoutProps) {
  const { tenant: slug } = await params;
  const { tenant, person } = await requireTenant(slug);
  return (
    <TrpcProvider key={slug} tenantSlug={slug}>
      <TenantProvider tenant={tenant}>
        <a
          href="#content"
          className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-canvas focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to content
        </a>
        <div className="mx-auto flex min-h-dvh max-w-[96rem]">
          <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 flex-col border-r p-3 lg:flex">
            <TenantSwitcher className="mb-4" />
            <SideNavigation slug={slug} />
            <div className="mt-auto border-t pt-2">
              <UserMenu email={person.email} name={person.name} />
            </div>
          </aside>
          <div className="flex min-w-0 flex-1 flex-col">
            <div className="sticky top-0 z-30 flex h-13 items-center justify-between gap-3 border-b bg-canvas/95 px-2 backdrop-blur lg:hidden">
              <div className="min-w-0">
                <TenantSwitcher />
              </div>
              <UserMenu email={person.email} name={person.name} compact />
            </div>
            <main id="content" className="min-w-0 flex-1 px-4 pt-5 pb-24 sm:px-6 lg:px-8 lg:pt-7 lg:pb-12">
              {children}
            </main>
          </div>
        </div>
        <BottomNavigation slug={slug} />
        <WhyDoor />
        <CommandCenter />
      </TenantProvider>
    </TrpcProvider>
  );
}
