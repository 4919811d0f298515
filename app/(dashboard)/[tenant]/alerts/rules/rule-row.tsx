import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Link } from "@/app/_components/ui/link";
import { formatInstant } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import { ruleOf } from "@/server/alerts/schemas";
import { useRight, useTenant } from "../../_components/tenant-context";
import { cadenceWords, ruleSeverities } from "../words";
import { ruleHref } from "./[rule]/search-params";
import { paramLines } from "./param-words";
import type { ListedRule } from "./rules";
import type { useRuleChanges } from "./use-rule-changes";

interface RuleRowProps {
  rule: ListedRule;
  changes: ReturnType<typeof useRuleChanges>;
  now: Date;
}

/** How a rule is set and who is set otherwise; it leads to where it is tried out and changed. */
export function RuleRow({ rule: listed, changes, now }: RuleRowProps) {
  const { slug, timeZone } = useTenant();
  const mayWrite = useRight("alerts:write");
  const { rule, enabled, params, isUsual, overrides, evaluatedTo } = listed;
  const { title, says, cadence } = ruleOf(rule);
  const before = isUsual ? null : { enabled, params };
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3.5 sm:px-5" aria-label={title}>
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <Link href={ruleHref(slug, rule)} className="hover:underline hover:underline-offset-2">
            {title}
          </Link>
          <Badge tone={enabled ? "good" : "neutral"} dot={enabled}>
            {enabled ? "on" : "off"}
          </Badge>
          {!isUsual && <Badge tone="accent">changed</Badge>}
          {overrides.length > 0 && <Badge>{plural(overrides.length, "exception")}</Badge>}
        </p>
        <p className="mt-0.5 max-w-3xl text-sm text-ink-muted">{says}</p>
        {paramLines(rule, params).length > 0 && (
          <p className="figures mt-1 max-w-3xl text-xs text-ink-muted">
            {paramLines(rule, params).join(" · ")}
          </p>
        )}
        <p className="mt-1 text-xs text-ink-muted">
          Severity: {ruleSeverities[rule]}; {cadenceWords[cadence]}
          {evaluatedTo !== null && `, last up to ${formatInstant(evaluatedTo, timeZone, now)}`}.
        </p>
      </div>
      {mayWrite && (
        <div className="-ml-2.5 flex gap-1 sm:ml-0">
          <Button
            size="sm"
            variant="ghost"
            disabled={changes.isBusy}
            aria-label={`Switch “${title}” ${enabled ? "off" : "on"}`}
            onClick={() => changes.set({ rule, subject: null }, { enabled: !enabled, params }, before)}
          >
            Switch {enabled ? "off" : "on"}
          </Button>
        </div>
      )}
    </li>
  );
}
