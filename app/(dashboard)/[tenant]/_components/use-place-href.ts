"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { carriedHref } from "../_scope/carry";
import { useTenant } from "./tenant-context";

/** Addresses of places that keep the scope of the screen in sight. */
export function usePlaceHref(): (path: string) => string {
  const { slug } = useTenant();
  const from = usePathname().slice(slug.length + 2);
  const search = useSearchParams();
  return (path) => carriedHref(slug, from, new URLSearchParams(search), path);
}
