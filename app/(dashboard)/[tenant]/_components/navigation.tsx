"use client";

import {
  ChartColumn,
  Ellipsis,
  FileUp,
  type LucideIcon,
  ReceiptText,
  Rocket,
  Settings,
  Tags,
  Waypoints,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Dialog } from "@/app/_components/ui/dialog";
import { useTenant } from "./tenant-context";
import type { Right } from "@/server/auth/permissions";
import { cn } from "@/app/_components/ui/class-names";

interface Item {
  path: string;
  label: string;
  icon: LucideIcon;
  right: Right;
}

const items: readonly Item[] = [
  { path: "overview", label: "Overview", icon: ChartColumn, right: "reports:read" },
  { path: "calls", label: "Calls", icon: ReceiptText, right: "calls:read" },
  { path: "prices", label: "Prices", icon: Tags, right: "prices:read" },
  { path: "attribution", label: "Attribution", icon: Waypoints, right: "attribution:read" },
  { path: "imports", label: "Import", icon: FileUp, right: "calls:import" },
  { path: "get-started", label: "Get started", icon: Rocket, right: "calls:read" },
  { path: "settings", label: "Settings", icon: Settings, right: "tenant:read" },
];

/** What the role of this member leads to. */
function useItems(): readonly Item[] {
  const { rights } = useTenant();
  return items.filter((item) => rights.includes(item.right));
}

function useIsAt(slug: string) {
  const pathname = usePathname();
  return (path: string) => pathname === `/${slug}/${path}` || pathname.startsWith(`/${slug}/${path}/`);
}

export function SideNavigation({ slug }: { slug: string }) {
  const isAt = useIsAt(slug);
  return (
    <nav aria-label="Main" className="space-y-0.5">
      {useItems().map(({ path, label, icon: Icon }) => (
        <Link
          key={path}
          href={`/${slug}/${path}`}
          aria-current={isAt(path) ? "page" : undefined}
          className={cn(
            "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-ink-muted transition-colors hover:bg-sunken hover:text-ink",
            isAt(path) && "bg-sunken text-ink",
          )}
        >
          <Icon
            aria-hidden
            className={cn("size-4", isAt(path) ? "text-ink" : "text-ink-faint")}
            strokeWidth={1.9}
          />
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** A thumb finds five places at most; the others are behind the last. */
const placesOnPhone = 4;
const placeClass =
  "flex h-14 w-full flex-col items-center justify-center gap-1 text-2xs font-medium text-ink-muted aria-[current]:text-accent";

export function BottomNavigation({ slug }: { slug: string }) {
  const isAt = useIsAt(slug);
  const items = useItems();
  const [isOpen, setIsOpen] = useState(false);
  const more = items.slice(placesOnPhone);
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur lg:hidden"
    >
      {items.slice(0, placesOnPhone).map(({ path, label, icon: Icon }) => (
        <Link
          key={path}
          href={`/${slug}/${path}`}
          aria-current={isAt(path) ? "page" : undefined}
          className={placeClass}
        >
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
          {label}
        </Link>
      ))}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-current={more.some(({ path }) => isAt(path)) ? "true" : undefined}
        className={placeClass}
        onClick={() => setIsOpen(true)}
      >
        <Ellipsis aria-hidden className="size-5" strokeWidth={1.75} />
        More
      </button>
      <Dialog sheet open={isOpen} onClose={() => setIsOpen(false)} title="More">
        <ul className="-mx-2">
          {more.map(({ path, label, icon: Icon }) => (
            <li key={path}>
              <Link
                href={`/${slug}/${path}`}
                aria-current={isAt(path) ? "page" : undefined}
                className="flex h-12 items-center gap-3 rounded-md px-2 text-base font-medium aria-[current]:text-accent"
                onClick={() => setIsOpen(false)}
              >
                <Icon aria-hidden className="size-5 text-ink-faint" strokeWidth={1.75} />
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </Dialog>
    </nav>
  );
}
