import { Card, CardHeader } from "@/app/_components/ui/card";
import { floodMs, mostInFlood } from "@/server/delivery/schemas";

const promises = [
  [
    "At least once",
    "Budgets and critical incidents. A message is repeated until the other side has taken it. If we fail between its yes and our note of it, it comes twice, with the same alert id.",
  ],
  [
    "At most once",
    "Everything else. A message is written down as taken before it leaves. If we fail in the middle, it is not repeated, and is listed here as not known to have arrived.",
  ],
  [
    "Not a flood",
    `A destination gets one message a second at most. Where more than ${mostInFlood} come within ${floodMs / 1_000} seconds, what waits is told together, the gravest first.`,
  ],
] as const;

/** What people may rely on. No channel lets a message be sent twice and arrive once. */
export function Guarantees() {
  return (
    <Card>
      <CardHeader
        title="What you can rely on"
        hint="Each message says which of the first two holds for it."
      />
      <dl className="divide-y border-t">
        {promises.map(([name, words]) => (
          <div key={name} className="gap-x-4 px-4 py-3 sm:flex sm:px-5">
            <dt className="w-36 shrink-0 text-sm font-medium">{name}</dt>
            <dd className="mt-0.5 text-sm text-ink-muted sm:mt-0">{words}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
