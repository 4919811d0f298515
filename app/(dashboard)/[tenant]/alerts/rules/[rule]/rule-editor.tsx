"use client";

import { useState } from "react";
import { ruleOf } from "@/server/alerts/schemas";
import type { IncidentSubject } from "@/server/incidents/schemas";
import type { ListedRule } from "../rules";
import { useRuleChanges } from "../use-rule-changes";
import { BacktestCard } from "./backtest-card";
import { areSame, draftOf, ownParams, readDraft } from "./draft-rule";
import { settingOf } from "./setting-of";
import { SettingsCard } from "./settings-card";

interface RuleEditorProps {
  listed: ListedRule;
  subject: IncidentSubject | null;
  now: Date;
}

/** A rule's settings as a draft, what the draft would have told, and saving it. Another key makes it begin anew. */
export function RuleEditor({ listed, subject, now }: RuleEditorProps) {
  const { rule } = listed;
  const { noBacktest } = ruleOf(rule);
  const changes = useRuleChanges();
  const setting = settingOf(listed, subject);
  const saved = draftOf(rule, setting.enabled, setting.params);
  const [draft, setDraft] = useState(saved);
  const [base, setBase] = useState(saved);
  // Saved, reset or had back: the form goes on from there.
  if (JSON.stringify(base) !== JSON.stringify(saved)) {
    setBase(saved);
    setDraft(saved);
  }
  const { params, faults } = readDraft(rule, draft);
  const isChanged = params === null || draft.enabled !== setting.enabled || !areSame(params, setting.params);
  const target = { rule, subject };
  return (
    <>
      <SettingsCard
        rule={rule}
        subject={subject}
        draft={draft}
        faults={faults}
        onChange={(part) => setDraft({ ...draft, ...part })}
        isKept={setting.kept !== null}
        canSave={isChanged && params !== null && !changes.isBusy}
        error={changes.error}
        onSave={() => {
          if (!params) return;
          const next = {
            enabled: draft.enabled,
            params: subject ? ownParams(params, listed.params) : params,
          };
          changes.set(target, next, setting.kept);
        }}
        onReset={() => changes.reset(target, setting.kept)}
      />
      <BacktestCard
        rule={rule}
        subject={subject}
        savedParams={setting.params}
        params={params}
        isDraft={params !== null && !areSame(params, setting.params)}
        noBacktest={noBacktest}
        now={now}
      />
    </>
  );
}
