import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageHeader } from "../_components/page-header";
import { Tabs } from "../_components/tabs";

export const metadata: Metadata = { title: "Retention" };

interface RetentionLayoutProps {
  params: Promise<{ tenant: string }>;
  children: ReactNode;
}

export default async function RetentionLayout({ params, children }: RetentionLayoutProps) {
  const base = `/${(await params).tenant}/retention`;
  return (
    <>
      <PageHeader
        title="Retention"
        hint="Who stays and what that costs; who costs much and leaves; what is left of the revenue."
      />
      <Tabs
        label="Retention"
        tabs={[
          { href: base, label: "Cohorts" },
          { href: `${base}/throttle`, label: "Throttle list" },
          { href: `${base}/margin`, label: "Margin" },
        ]}
      />
      {children}
    </>
  );
}
