"use client";

import { CloudOff } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        icon={CloudOff}
        title="This page could not be shown"
        action={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        The ledger may be out of reach for a moment. Nothing was lost.
        {digest !== null && (
          <span className="mt-2 block font-mono text-2xs text-ink-faint">reference {digest}</span>
        )}
      </EmptyState>
    </main>
  );
}
