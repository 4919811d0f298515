"use client";

import type { ReactNode } from "react";
import { PageHeader } from "../_components/page-header";
import { Tabs } from "../_components/tabs";
import { useTenant } from "../_components/tenant-context";

/** The head of both lists: what was found, and the rules that look. */
export function AlertsHeader({ hint, children }: { hint?: ReactNode; children?: ReactNode }) {
  const base = `/${useTenant().slug}/alerts`;
  return (
    <>
      <PageHeader title="Alerts" hint={hint}>
        {children}
      </PageHeader>
      <Tabs
        label="Alerts"
        tabs={[
          { href: base, label: "Incidents" },
          { href: `${base}/rules`, label: "Rules" },
        ]}
      />
    </>
  );
}
