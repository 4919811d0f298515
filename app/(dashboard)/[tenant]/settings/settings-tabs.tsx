"use client";

import type { Right } from "@/server/auth/permissions";
import { Tabs } from "../_components/tabs";
import { useTenant } from "../_components/tenant-context";

const tabs: readonly { path: string; label: string; right: Right }[] = [
  { path: "", label: "General", right: "tenant:read" },
  { path: "/members", label: "Members", right: "members:read" },
  { path: "/keys", label: "API keys", right: "keys:read" },
  { path: "/bi", label: "BI access", right: "bi:read" },
  { path: "/alerts", label: "Alerts", right: "alerts:read" },
  { path: "/sources", label: "Sources", right: "sources:read" },
  { path: "/stripe", label: "Stripe", right: "billing:read" },
  { path: "/privacy", label: "Privacy", right: "privacy:write" },
  { path: "/audit", label: "Audit log", right: "audit:read" },
  { path: "/account", label: "Your account", right: "tenant:read" },
];

export function SettingsTabs() {
  const { slug, rights } = useTenant();
  const mine = tabs.filter((tab) => rights.includes(tab.right));
  return (
    <Tabs
      label="Settings"
      tabs={mine.map(({ path, label }) => ({ href: `/${slug}/settings${path}`, label }))}
    />
  );
}
