import { Badge } from "@/app/_components/ui/badge";
import type { Mode } from "@/server/billing/schemas";
import { modeWords } from "./words";

/** Which of Stripe's two worlds this is; they never mix. */
export function ModeBadge({ mode }: { mode: Mode }) {
  const { label, tone, about } = modeWords[mode];
  return (
    <Badge tone={tone} dot title={about}>
      {label}
    </Badge>
  );
}
