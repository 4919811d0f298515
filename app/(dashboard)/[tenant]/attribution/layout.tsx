import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageHeader } from "../_components/page-header";
import { Tabs } from "../_components/tabs";

export const metadata: Metadata = { title: "Attribution" };

interface AttributionLayoutProps {
  params: Promise<{ tenant: string }>;
  children: ReactNode;
}

export default async function AttributionLayout({ params, children }: AttributionLayoutProps) {
  const base = `/${(await params).tenant}/attribution`;
  return (
    <>
      <PageHeader
        title="Attribution"
        hint="How much of the spend has an owner, where the rest comes from, and the rules that give it one."
      />
      <Tabs
        label="Attribution"
        tabs={[
          { href: base, label: "Coverage" },
          { href: `${base}/rules`, label: "Rules" },
          { href: `${base}/policy`, label: "Tag policy" },
        ]}
      />
      {children}
    </>
  );
}
