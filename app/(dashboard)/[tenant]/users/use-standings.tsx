"use client";

import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import type { RowHead } from "@/app/_components/tables/column";
import { Link } from "@/app/_components/ui/link";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { StateBadge } from "../retention/people/state-badge";
import type { People } from "./offers";

/** As many as are asked about at once (server/analytics/people/people-schemas.ts). */
const most = 500;

/** How the users of a table stand, for beside their names; nothing for accounts, nor for who is not known. */
export function useStandings(
  by: People,
  keys: readonly (string | null)[] | undefined,
): (key: string | null) => Pick<RowHead, "badge" | "detail"> {
  const { slug } = useTenant();
  const users = (keys ?? []).filter((key) => key !== null).slice(0, most);
  const isAsked = by === "user" && users.length > 0;
  const { data } = useQuery(
    useTRPC().reports.userStates.queryOptions(isAsked ? { users } : skipToken, {
      placeholderData: keepPreviousData,
    }),
  );
  const known = new Map(by === "user" ? data?.users.map((one) => [one.user, one]) : []);
  return (key) => {
    const one = key === null ? undefined : known.get(key);
    if (!one) return {};
    return {
      badge: <StateBadge state={one.state} lastDay={one.lastDay} />,
      ...(one.throttle !== null && {
        detail: (
          <Link
            href={`/${slug}/retention/throttle${one.throttle === "active" ? "?show=active" : ""}`}
            className="text-accent underline underline-offset-2"
          >
            in the throttle list
          </Link>
        ),
      }),
    };
  };
}
