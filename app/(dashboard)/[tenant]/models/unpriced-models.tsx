"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/app/_components/ui/link";
import { Callout } from "@/app/_components/ui/callout";
import { formatCompact, plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../_components/tenant-context";
import { callsHref } from "../calls/search-params";
import { addContractHref, modelHref } from "../prices/layers";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { live } from "../_reports/live";
import { unpricedQuestion } from "./questions";
import { type UnpricedModel, unpricedModels } from "./unpriced";

const linkLook = "font-medium text-accent underline underline-offset-2";

function Model({ found }: { found: UnpricedModel }) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const mayRead = useRight("prices:read");
  const mayWrite = useRight("prices:write");
  const { model, calls, unpricedCalls, tokens, providers } = found;
  const parts = [
    ...withOnly(scope.parts, "model", model),
    { tag: "status", operator: "is", value: "unpriced" } as const,
  ];
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
      <code className="font-mono text-xs font-semibold">{model}</code>
      <Link href={callsHref(slug, { ...params, parts })} className={linkLook}>
        {unpricedCalls === calls
          ? plural(unpricedCalls, "call")
          : `${plural(unpricedCalls, "call")} of ${formatCompact(calls)}`}
      </Link>
      <span className="text-xs text-ink-muted">{formatCompact(tokens)} tokens</span>
      {mayRead &&
        providers.map(({ provider, hasPrice }) => {
          const named = { provider, model };
          const from = providers.length > 1 ? ` from ${provider}` : "";
          return (
            <Link
              key={provider}
              href={mayWrite && !hasPrice ? addContractHref(slug, named) : modelHref(slug, named)}
              className={linkLook}
            >
              {hasPrice ? `See its price${from}` : mayWrite ? `Enter its price${from}` : `Its rates${from}`}
            </Link>
          );
        })}
      {mayRead && providers.length === 0 && (
        <Link href={`/${slug}/prices`} className={linkLook}>
          Prices
        </Link>
      )}
    </li>
  );
}

/** Models whose calls no amount on this screen includes, and the way to a price. Nothing where there is none. */
export function UnpricedModels() {
  const trpc = useTRPC();
  const { scope } = useScope();
  const mayRead = useRight("prices:read");
  const { data } = useQuery(trpc.reports.breakdown.queryOptions(unpricedQuestion(scope), live));
  const total = data?.total.current;
  const prices = useQuery(
    trpc.prices.list.queryOptions(undefined, { enabled: mayRead && (total?.unpricedCalls ?? 0) > 0 }),
  );
  if (!data || !total || total.unpricedCalls === 0) return null;
  const models = unpricedModels(data.rows, prices.data?.models ?? []);
  return (
    <Callout tone="warn">
      <strong className="figures font-semibold">
        + {plural(total.unpricedCalls, "call")} ({formatCompact(total.unpricedTokens)} tokens) without a price
      </strong>
      , in no amount here: nobody has said what the model costs, or the call came without its usage. Enter a
      price and the past can be priced anew.
      <ul className="figures mt-1.5 space-y-1">
        {models.map((found) => (
          <Model key={found.model} found={found} />
        ))}
      </ul>
    </Callout>
  );
}
