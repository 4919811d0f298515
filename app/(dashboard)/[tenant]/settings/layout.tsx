import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageHeader } from "../_components/page-header";
import { SettingsTabs } from "./settings-tabs";

export const metadata: Metadata = { title: "Settings" };

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="max-w-4xl">
      <PageHeader title="Settings" />
      <SettingsTabs />
      {children}
    </div>
  );
}
