"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { cn } from "@/app/_components/ui/class-names";
import { Menu, menuItem } from "@/app/_components/ui/menu";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "./tenant-context";

function Initial({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-6 shrink-0 place-items-center rounded-md bg-ink text-2xs font-semibold text-canvas"
    >
      {name.slice(0, 1).toUpperCase()}
    </span>
  );
}

export function TenantSwitcher({ className }: { className?: string }) {
  const current = useTenant();
  const mine = useQuery(useTRPC().tenants.mine.queryOptions());
  return (
    <Menu
      label={`${current.name}: switch organisation`}
      triggerClassName={cn(
        "flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left transition-colors hover:bg-sunken",
        className,
      )}
      panelClassName="top-full left-0 mt-1 w-64"
      trigger={
        <>
          <Initial name={current.name} />
          <span className="min-w-0 flex-1 truncate text-sm font-semibold">{current.name}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
        </>
      }
    >
      <p className="px-2 pt-1 pb-1.5 text-2xs font-medium text-ink-faint">Organisations</p>
      {mine.data?.map((tenant) => (
        <Link
          key={tenant.slug}
          href={`/${tenant.slug}/overview`}
          aria-current={tenant.slug === current.slug ? "true" : undefined}
          className={menuItem}
        >
          <Initial name={tenant.name} />
          <span className="min-w-0 flex-1">
            <span className="block truncate">{tenant.name}</span>
            <span className="block text-2xs text-ink-faint">{tenant.role}</span>
          </span>
          {tenant.slug === current.slug && <Check aria-hidden />}
        </Link>
      ))}
      <div className="my-1 border-t" />
      <Link href="/new-tenant" className={menuItem}>
        <Plus aria-hidden /> New organisation
      </Link>
    </Menu>
  );
}
