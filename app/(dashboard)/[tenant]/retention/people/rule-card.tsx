"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import type { RetentionSettings } from "@/server/retention/schemas";
import { useRight } from "../../_components/tenant-context";
import { RuleDialog } from "./rule-dialog";
import { ruleWords } from "./throttle-words";

/** By which rule people stand where, for whoever may change it. */
export function RuleCard({ settings }: { settings: RetentionSettings }) {
  const mayChange = useRight("tenant:write");
  const [opened, setOpened] = useState<number | null>(null);
  const mrr =
    settings.mrrOf === "user"
      ? "The MRR told of a user is that user’s own."
      : "The MRR told of a user is that of the whole account, shared evenly among its users.";
  return (
    <Card>
      <CardHeader title="Who counts as what" hint={`${ruleWords(settings)} ${mrr}`}>
        {mayChange && (
          <Button size="sm" onClick={() => setOpened((opened ?? 0) + 1)}>
            Change the rule
          </Button>
        )}
      </CardHeader>
      <RuleDialog
        key={opened ?? 0}
        open={opened !== null}
        settings={settings}
        onClose={() => setOpened(null)}
      />
    </Card>
  );
}
