import { Figure } from "@/app/_components/figure";
import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { formatTotal, toGeometry } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";

type Total = Outputs["reports"]["margin"]["total"];

const unpriced = (calls: number) =>
  calls > 0 ? `+ ${plural(calls, "call")} unpriced, in no amount` : undefined;

/** What is left of the revenue, who costs more than they pay, and what nobody can say. */
export function MarginTiles({ total }: { total: Total | undefined }) {
  const { known, unknown, nobody, losing, idle, userless } = total ?? {};
  const isKnown = known !== undefined && known.users > 0;
  return (
    <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      <MetricTile
        label="Margin"
        scope={known && `${plural(known.users, "user")} of known revenue`}
        figure={known && (isKnown ? <Money usd={known.marginUsd} /> : "–")}
        against={
          isKnown && known.marginShare !== null ? `${formatShare(toGeometry(known.marginShare))} of the revenue` : undefined
        }
        lacks={total && unpriced(total.unpricedCalls)}
        facts={[
          { label: "Revenue", value: <Figure kind="usd" value={isKnown ? known.revenueUsd : null} /> },
          { label: "Their cost", value: known && <Money usd={known.costUsd} /> },
        ]}
      />
      <MetricTile
        label="Lost on the unprofitable"
        scope={losing && plural(losing.users, "user")}
        figure={losing && <Money usd={losing.lossUsd} />}
        facts={[
          { label: "Pay and never call", value: idle && formatCount(idle.users) },
          { label: "They bring", value: idle && <Money usd={idle.revenueUsd} /> },
          ...(userless && userless.accounts > 0
            ? [{ label: `${plural(userless.accounts, "account")} without a known user bring`, value: <Money usd={userless.revenueUsd} /> }]
            : []),
        ]}
      />
      <MetricTile
        label="Cost of unknown revenue"
        scope={unknown && plural(unknown.users, "user")}
        figure={unknown && <Money usd={unknown.costUsd} />}
        lacks={unknown && unpriced(unknown.unpricedCalls)}
        facts={[
          { label: "Calls without a user", value: nobody && <span title={formatTotal(nobody.costUsd)}>{formatCount(nobody.calls)}</span> },
          { label: "They cost", value: nobody && <Money usd={nobody.costUsd} /> },
        ]}
      />
    </div>
  ); // prettier-ignore
}
