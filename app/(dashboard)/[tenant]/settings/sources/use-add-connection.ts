"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/app/_trpc/client";

/** Adds a connection, which the source has to answer first. */
export function useAddConnection() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation(
    trpc.sources.connections.add.mutationOptions({
      onSuccess: async () => {
        toast.success("Connected. The first pull begins in a moment.");
        await queries.invalidateQueries(trpc.sources.connections.list.queryFilter());
      },
    }),
  );
}

interface Failed {
  message: string;
  data?: { field?: string } | null;
}

/** Whether the server's sentence stands below one of these fields already. */
export function isAboutField(error: Failed | null, fields: readonly string[]): boolean {
  return fields.includes(error?.data?.field ?? "");
}
