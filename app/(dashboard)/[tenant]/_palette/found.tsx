"use client";

import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { Cpu, type LucideIcon, MessageSquareText, Shapes, UserRound } from "lucide-react";
import { formatTotal } from "@/app/_format/money";
import { useTRPC } from "@/app/_trpc/client";
import { usePlaces } from "../_components/places";
import { useTenant } from "../_components/tenant-context";
import { useNow } from "../_components/use-now";
import { callsHref } from "../calls/search-params";
import { promptHref } from "../prompts/search-params";
import type { FilterPart } from "../_scope/filters";
import { filterParams, scopeHref } from "../_scope/params";
import { stretchOf } from "../_scope/range";
import { Item, Items } from "./item";

const kinds = [
  { tag: "feature", heading: "Features", path: "features", icon: Shapes },
  { tag: "user", heading: "Users", path: "users", icon: UserRound },
  { tag: "prompt", heading: "Prompts", path: "prompts", icon: MessageSquareText },
  { tag: "model", heading: "Models", path: "models", icon: Cpu },
] as const satisfies { tag: string; heading: string; path: string; icon: LucideIcon }[];

interface FoundProps {
  /** What is typed, settled. */
  search: string;
  onOpen: (href: string) => void;
}

/** Features, users, prompts and models of the last 90 days that are called so, the dearest first. */
export function Found({ search, onOpen }: FoundProps) {
  const { slug, timeZone } = useTenant();
  const { all } = usePlaces();
  const now = useNow(new Date().toISOString());
  const trpc = useTRPC();
  const stretch = stretchOf("90d", now, timeZone);
  const answers = useQueries({
    queries: kinds.map(({ tag }) =>
      trpc.reports.values.queryOptions(
        { ...stretch, tag, search, limit: 5 },
        { placeholderData: keepPreviousData },
      ),
    ),
  });
  const hrefOf = (tag: FilterPart["tag"], path: string, value: string) => {
    const parts: FilterPart[] = [{ tag, operator: "is", value }];
    if (!all.some((place) => place.path === path)) return callsHref(slug, { parts, order: "dearest" });
    return tag === "prompt" ? promptHref(slug, value, {}) : scopeHref(slug, path, filterParams(parts));
  };
  return kinds.map(({ tag, heading, path, icon }, at) => {
    const values = answers[at]?.data?.values ?? [];
    if (values.length === 0) return null;
    return (
      <Items key={tag} heading={heading}>
        {values.map(({ value, costUsd }) =>
          value === null ? null : (
            <Item
              key={value}
              name={`${tag} ${value}`}
              icon={icon}
              aside={formatTotal(costUsd)}
              onSelect={() => onOpen(hrefOf(tag, path, value))}
            >
              {value}
            </Item>
          ),
        )}
      </Items>
    );
  });
}
