"use client";

import { CloudOff } from "lucide-react";
import { errorSentence } from "@/app/_format/errors";
import { Button } from "./ui/button";
import { EmptyState } from "./ui/empty-state";

interface FailureProps {
  error: Parameters<typeof errorSentence>[0];
  onRetry?: () => void;
  className?: string;
}

/** A question without an answer says so; it never shows zeros. */
export function Failure({ error, onRetry, className }: FailureProps) {
  return (
    <EmptyState
      icon={CloudOff}
      title="This could not be loaded"
      className={className}
      action={onRetry && <Button onClick={onRetry}>Try again</Button>}
    >
      {errorSentence(error)}
    </EmptyState>
  );
}
