"use client";

import { Link } from "@/app/_components/ui/link";
import { usePathname } from "next/navigation";
import { cn } from "@/app/_components/ui/class-names";

interface TabsProps {
  /** Of what they are the parts, for assistive technology. */
  label: string;
  tabs: readonly { href: string; label: string }[];
}

/** Parts of one screen, each with an address of its own. */
export function Tabs({ label, tabs }: TabsProps) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="mb-5 flex gap-5 overflow-x-auto border-b">
      {tabs.map(({ href, label: name }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? "page" : undefined}
          className={cn(
            "-mb-px border-b-2 border-transparent pb-2.5 text-sm font-medium whitespace-nowrap text-ink-muted hover:text-ink",
            pathname === href && "border-ink text-ink",
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
