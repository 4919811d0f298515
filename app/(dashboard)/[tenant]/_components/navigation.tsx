"use client";

import { Ellipsis, Search } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { cn } from "@/app/_components/ui/class-names";
import { Dialog } from "@/app/_components/ui/dialog";
import { openPalette } from "../_palette/opened";
import { usePhonePlaces, usePlaces } from "./places";
import { usePlaceHref } from "./use-place-href";

function useIsAt(slug: string) {
  const pathname = usePathname();
  return (path: string) => pathname === `/${slug}/${path}` || pathname.startsWith(`/${slug}/${path}/`);
}

export function SideNavigation({ slug }: { slug: string }) {
  const isAt = useIsAt(slug);
  const hrefOf = usePlaceHref();
  const { groups } = usePlaces();
  return (
    <nav aria-label="Main" className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1">
      <button
        type="button"
        onClick={() => openPalette("palette")}
        className="mb-3 flex h-8 w-full items-center gap-2.5 rounded-md border bg-surface px-2 text-sm text-ink-muted shadow-card hover:text-ink"
      >
        <Search aria-hidden className="size-4 text-ink-faint" />
        <span className="flex-1 text-left">Search</span>
        <kbd aria-hidden className="font-sans text-2xs text-ink-faint">
          Ctrl K
        </kbd>
      </button>
      {groups.map(({ title, places }) => (
        <div key={title ?? ""} className="mb-2.5 space-y-px">
          {title !== null && <p className="px-2 pb-0.5 text-2xs font-medium text-ink-faint">{title}</p>}
          {places.map(({ path, label, icon: Icon }) => (
            <Link
              key={path}
              href={hrefOf(path)}
              aria-current={isAt(path) ? "page" : undefined}
              className={cn(
                "flex h-7.5 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-ink-muted transition-colors hover:bg-sunken hover:text-ink",
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
        </div>
      ))}
    </nav>
  );
}

const placeClass =
  "flex h-14 w-full flex-col items-center justify-center gap-1 text-2xs font-medium text-ink-muted aria-[current]:text-accent";

export function BottomNavigation({ slug }: { slug: string }) {
  const isAt = useIsAt(slug);
  const hrefOf = usePlaceHref();
  const { first, more } = usePhonePlaces();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur lg:hidden"
    >
      {first.map(({ path, label, icon: Icon }) => (
        <Link
          key={path}
          href={hrefOf(path)}
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
        <ul className="-mx-2 grid grid-cols-2">
          <li>
            <button
              type="button"
              className="flex h-12 w-full items-center gap-3 rounded-md px-2 text-base font-medium"
              onClick={() => {
                setIsOpen(false);
                openPalette("palette");
              }}
            >
              <Search aria-hidden className="size-5 text-ink-faint" strokeWidth={1.75} />
              Search
            </button>
          </li>
          {more.map(({ path, label, icon: Icon }) => (
            <li key={path}>
              <Link
                href={hrefOf(path)}
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
