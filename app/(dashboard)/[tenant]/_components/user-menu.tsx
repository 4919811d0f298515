"use client";

import { LogOut, UserRound } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { signOut } from "next-auth/react";
import { ThemeToggle } from "@/app/_components/theme-toggle";
import { cn } from "@/app/_components/ui/class-names";
import { Menu, menuItem } from "@/app/_components/ui/menu";
import { useTenant } from "./tenant-context";

interface UserMenuProps {
  email: string;
  name: string;
  /** Only the round initial, for the bar on a phone. */
  compact?: boolean;
}

export function UserMenu({ email, name, compact = false }: UserMenuProps) {
  const { role, slug } = useTenant();
  const shown = name === "" ? email : name;
  return (
    <Menu
      label={`Account of ${shown}`}
      triggerClassName={cn(
        "flex items-center gap-2.5 rounded-md text-left transition-colors hover:bg-sunken",
        compact ? "size-9 justify-center" : "h-11 w-full px-2",
      )}
      panelClassName={compact ? "top-full right-0 mt-1 w-64" : "bottom-full left-0 mb-1 w-56"}
      trigger={
        <>
          <span
            aria-hidden
            className="grid size-6.5 shrink-0 place-items-center rounded-full bg-data-soft text-2xs font-semibold text-data-line"
          >
            {shown.slice(0, 1).toUpperCase()}
          </span>
          {!compact && (
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">{shown}</span>
              <span className="block text-2xs text-ink-faint">{role}</span>
            </span>
          )}
        </>
      }
    >
      <p className="truncate px-2 pt-1 pb-2 text-xs text-ink-muted">{email}</p>
      <div
        className="flex items-center justify-between border-y px-2 py-2 text-sm"
        onClick={(event) => event.stopPropagation()}
      >
        Theme <ThemeToggle />
      </div>
      <Link href={`/${slug}/settings/account`} className={cn(menuItem, "mt-1")}>
        <UserRound aria-hidden /> Your account
      </Link>
      <button type="button" className={menuItem} onClick={() => void signOut({ callbackUrl: "/" })}>
        <LogOut aria-hidden /> Sign out
      </button>
    </Menu>
  );
}
