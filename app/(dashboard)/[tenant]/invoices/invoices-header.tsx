"use client";

import type { ReactNode } from "react";
import { PageHeader } from "../_components/page-header";
import { Tabs } from "../_components/tabs";
import { useTenant } from "../_components/tenant-context";

/** The head of the lists: what is billed, by which plans, to whom and by whom. */
export function InvoicesHeader({ hint, children }: { hint?: ReactNode; children?: ReactNode }) {
  const base = `/${useTenant().slug}/invoices`;
  return (
    <>
      <PageHeader title="Invoices" hint={hint}>
        {children}
      </PageHeader>
      <Tabs
        label="Invoices"
        tabs={[
          { href: base, label: "Months" },
          { href: `${base}/plans`, label: "Rate plans" },
          { href: `${base}/accounts`, label: "Accounts" },
          { href: `${base}/issuer`, label: "Your details" },
        ]}
      />
    </>
  );
}
