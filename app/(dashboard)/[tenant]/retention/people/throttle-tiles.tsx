import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { formatCount, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";

type Answer = Outputs["reports"]["throttle"];

/** How many are where, and what is lost on those listed. */
export function ThrottleTiles({ answer }: { answer: Answer | undefined }) {
  const { leaving, active } = answer?.groups ?? {};
  const count = (of: number | undefined) => (of === undefined ? undefined : formatCount(of));
  return (
    <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      <MetricTile
        label="Lost on who leaves"
        scope={leaving && plural(leaving.users, "user")}
        figure={leaving && <Money usd={leaving.lossUsd} />}
        facts={[
          { label: "They cost", value: leaving && <Money usd={leaving.costUsd} /> },
          { label: "On the list", value: count(leaving?.users) },
        ]}
      />
      <MetricTile
        label="Lost on who stays"
        scope={active && plural(active.users, "user")}
        figure={active && <Money usd={active.lossUsd} />}
        facts={[
          { label: "They cost in 90 days", value: active && <Money usd={active.costUsd} /> },
          { label: "On the list", value: count(active?.users) },
        ]}
      />
      <MetricTile
        label="Active users"
        figure={answer && (count(answer.states?.active) ?? "–")}
        facts={[
          { label: "At risk", value: count(answer?.states?.atRisk) ?? "–" },
          { label: "Churned", value: count(answer?.states?.churned) ?? "–" },
          { label: "Never came", value: count(answer?.states?.never) ?? "–" },
        ]}
      />
    </div>
  );
}
