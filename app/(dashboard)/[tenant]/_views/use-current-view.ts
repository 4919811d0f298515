"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { rememberedQuery, type ViewScreen, viewScreens } from "@/server/views/schemas";
import { useTenant } from "../_components/tenant-context";

/** What a view of the screen in sight would remember; null on screens that have none. */
export function useCurrentView(): { screen: ViewScreen; query: string } | null {
  const { slug } = useTenant();
  const pathname = usePathname();
  const search = useSearchParams();
  const screen = viewScreens.find((one) => pathname === `/${slug}/${one}`);
  return screen === undefined ? null : { screen, query: rememberedQuery(search.toString()) };
}
