"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Link } from "@/app/_components/ui/link";
import { AlertSubject, paramsOf } from "@/server/alerts/schemas";
import { useRight, useTenant } from "../../../_components/tenant-context";
import { kindLabels, subjectName } from "../../words";
import { valueWords } from "../param-words";
import type { ListedRule } from "../rules";
import { useRuleChanges } from "../use-rule-changes";
import { AddExceptionDialog } from "./add-exception-dialog";
import { ruleHref } from "./search-params";

/** What of a subject is not as for everything. */
function ownWords({ rule }: ListedRule, { enabled, params }: ListedRule["overrides"][number]): string {
  const own = Object.entries(params).flatMap(([name, value]) => {
    const param = paramsOf(rule)[name];
    return param ? [`${param.label}: ${valueWords(value, param.unit)}`] : [];
  });
  if (!enabled) return "Not watched by this rule.";
  return own.length === 0 ? "On, and otherwise as for everything." : own.join(" · ");
}

/** Who is watched otherwise than everything: added, changed and removed here. */
export function ExceptionsCard({ listed }: { listed: ListedRule }) {
  const { slug } = useTenant();
  const mayWrite = useRight("alerts:write");
  const changes = useRuleChanges();
  const [isAdding, setIsAdding] = useState(false);
  const { rule, overrides } = listed;
  return (
    <Card>
      <CardHeader
        title="Exceptions"
        hint={
          overrides.length === 0
            ? "None: everything is watched alike. An exception has values of its own, or is not watched."
            : "These have values of their own, or are not watched."
        }
      >
        {mayWrite && (
          <Button onClick={() => setIsAdding(true)}>
            <Plus /> Add an exception
          </Button>
        )}
      </CardHeader>
      {overrides.length > 0 && (
        <ul className="divide-y border-t">
          {overrides.map((override) => {
            const subject = AlertSubject.parse(override.subject);
            const name = subjectName(subject);
            return (
              <li
                key={`${subject.kind} ${subject.key}`}
                className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5 text-sm sm:px-5"
              >
                <div className="min-w-0 flex-1 basis-56">
                  <p className="flex flex-wrap items-center gap-2 font-medium">
                    <Link
                      href={ruleHref(slug, rule, subject)}
                      className="wrap-anywhere hover:underline hover:underline-offset-2"
                    >
                      {name}
                    </Link>
                    <Badge>{kindLabels[subject.kind].toLowerCase()}</Badge>
                    {!override.enabled && <Badge>off</Badge>}
                  </p>
                  <p className="figures mt-0.5 text-xs text-ink-muted">{ownWords(listed, override)}</p>
                </div>
                {mayWrite && (
                  <Button
                    size="sm"
                    variant="ghost"
                    disabled={changes.isBusy}
                    aria-label={`Remove the exception of ${name}`}
                    onClick={() =>
                      changes.reset({ rule, subject }, { enabled: override.enabled, params: override.params })
                    }
                  >
                    Remove
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <AddExceptionDialog open={isAdding} onClose={() => setIsAdding(false)} rule={rule} />
    </Card>
  );
}
