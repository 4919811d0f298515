"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useRight } from "./tenant-context";

/** Names of API keys by id; none for who may not see keys. */
export function useKeyNames(): ReadonlyMap<string, string> {
  const keys = useQuery(useTRPC().keys.list.queryOptions(undefined, { enabled: useRight("keys:read") }));
  return new Map(keys.data?.map(({ id, name }) => [id, name]));
}

/** Names of members by id; somebody who has left, or a job, has none. */
export function useMemberNames(): ReadonlyMap<string, string> {
  const members = useQuery(
    useTRPC().members.list.queryOptions(undefined, { enabled: useRight("members:read") }),
  );
  return new Map(
    members.data?.members.map(({ personId, name, email }) => [personId, name === "" ? email : name]),
  );
}
