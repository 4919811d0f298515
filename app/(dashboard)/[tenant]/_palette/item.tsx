"use client";

import { Command } from "cmdk";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface ItemProps {
  icon: LucideIcon;
  /** Unique, and what is searched besides `words`. */
  name: string;
  words?: string;
  /** At the right: what it costs, which key does the same. */
  aside?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}

export function Item({ icon: Icon, name, words, aside, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={name}
      keywords={words === undefined ? undefined : words.split(" ")}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-sunken"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" strokeWidth={1.9} />
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {aside !== undefined && <span className="figures shrink-0 text-xs text-ink-faint">{aside}</span>}
    </Command.Item>
  );
}

export function Items({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="pb-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {children}
    </Command.Group>
  );
}
