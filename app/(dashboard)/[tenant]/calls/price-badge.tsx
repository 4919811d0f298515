import { Badge, type Tone } from "@/app/_components/ui/badge";
import type { Outputs } from "@/app/_trpc/client";

type Status = Outputs["calls"]["list"]["calls"][number]["priceStatus"];

const looks = {
  priced: { tone: "neutral", title: "Every token bucket has its own rate in the price book." },
  partial: { tone: "warn", title: "Some buckets have no rate; the amount is what the others cost." },
  unpriced: { tone: "warn", title: "No price is known for this model at that time. It is in no total." },
  reported: { tone: "accent", title: "The amount that the caller reported; our book has no price." },
  estimated: {
    tone: "accent",
    title: "Priced by a rule, because the book lists no rate of its own for this case.",
  },
} as const satisfies Record<Status, { tone: Tone; title: string }>;

export function PriceBadge({ status }: { status: Status }) {
  return (
    <Badge tone={looks[status].tone} title={looks[status].title}>
      {status}
    </Badge>
  );
}

export function priceStatusSentence(status: Status): string {
  return looks[status].title;
}
