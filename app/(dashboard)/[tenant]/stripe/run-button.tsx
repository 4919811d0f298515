"use client";

import { RefreshCw } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { useRight } from "../_components/tenant-context";
import { useBillingChanges } from "./use-billing-changes";

/** Runs are every ten minutes; nobody needs to wait for the next. */
export function RunButton({ label = "Run now" }: { label?: string }) {
  const mayWrite = useRight("billing:write");
  const { run } = useBillingChanges();
  if (!mayWrite) return null;
  return (
    <Button disabled={run.isPending} onClick={() => run.mutate()}>
      <RefreshCw /> {label}
    </Button>
  );
}
