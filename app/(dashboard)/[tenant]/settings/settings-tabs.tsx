"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/app/_components/ui/class-names";
import type { Right } from "@/server/auth/permissions";
import { useTenant } from "../_components/tenant-context";

const tabs: readonly { path: string; label: string; right: Right }[] = [
  { path: "", label: "General", right: "tenant:read" },
  { path: "/members", label: "Members", right: "members:read" },
  { path: "/keys", label: "API keys", right: "keys:read" },
  { path: "/sources", label: "Sources", right: "sources:read" },
  { path: "/privacy", label: "Privacy", right: "privacy:write" },
  { path: "/audit", label: "Audit log", right: "audit:read" },
  { path: "/account", label: "Your account", right: "tenant:read" },
];

export function SettingsTabs() {
  const { slug, rights } = useTenant();
  const pathname = usePathname();
  return (
    <nav aria-label="Settings" className="mb-5 flex gap-5 overflow-x-auto border-b">
      {tabs
        .filter((tab) => rights.includes(tab.right))
        .map((tab) => {
          const href = `/${slug}/settings${tab.path}`;
          const isHere = pathname === href;
          return (
            <Link
              key={tab.path}
              href={href}
              aria-current={isHere ? "page" : undefined}
              className={cn(
                "-mb-px border-b-2 border-transparent pb-2.5 text-sm font-medium whitespace-nowrap text-ink-muted hover:text-ink",
                isHere && "border-ink text-ink",
              )}
            >
              {tab.label}
            </Link>
          );
        })}
    </nav>
  );
}
