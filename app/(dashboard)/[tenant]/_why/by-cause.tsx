"use client";

import { Equal } from "lucide-react";
import { EmptyState } from "@/app/_components/ui/empty-state";
import type { WhyAnswer } from "@/server/analytics/why-schemas";
import { useTenant } from "../_components/tenant-context";
import { CsvButton } from "../_export/csv-button";
import { callsOfPart, narrowerQuestion } from "./part-links";
import { PartsList } from "./parts-list";
import { prepareWaterfall } from "./prepare-waterfall";
import { whyInput, type WhyQuestion } from "./question";
import { WaterfallTable } from "./waterfall-table";

interface ByCauseProps {
  answer: WhyAnswer;
  question: WhyQuestion;
  ask: (question: WhyQuestion) => void;
}

function nothingWords({ deltaUsd, before, after }: WhyAnswer): { title: string; text: string } {
  if (before.calls === 0 && after.calls === 0)
    return { title: "No calls in either stretch", text: "Choose a longer range, or take a filter away." };
  if (deltaUsd === null)
    return { title: "No average to compare", text: "One of the two stretches has no call with a price." };
  return { title: "Nothing changed", text: "Both stretches cost the same, and for the same reasons." };
}

/** The change by cause: first how it went from one amount to the other, then every part of it. */
export function ByCause({ answer, question, ask }: ByCauseProps) {
  const { slug } = useTenant();
  const { before, after, causes, parts, measure } = answer;
  if (parts.length === 0 || before.usd === null || after.usd === null) {
    const { title, text } = nothingWords(answer);
    return (
      <EmptyState icon={Equal} title={title} className="py-8">
        {text}
      </EmptyState>
    );
  }
  const waterfall = prepareWaterfall({ beforeUsd: before.usd, afterUsd: after.usd, causes });
  return (
    <div className="space-y-6">
      <section aria-label="By cause">
        <WaterfallTable waterfall={waterfall} measure={measure} beforeWords="Before" afterWords="After" />
      </section>
      <section>
        <header className="flex items-center justify-between gap-4">
          <h3 className="text-sm font-semibold">What did it</h3>
          <CsvButton table="why" input={whyInput(question)} of="the parts" />
        </header>
        <PartsList
          answer={answer}
          callsOf={(part) => callsOfPart(slug, part, question)}
          narrowTo={(part) => {
            const narrower = narrowerQuestion(part, question);
            return narrower && (() => ask(narrower));
          }}
        />
      </section>
      <p className="border-t pt-3 text-xs text-ink-muted">
        The parts add up to the change, to the last digit. Retries are what attempts beyond the calmer
        stretch’s rate did cost. Where other causes act together, each gets the mean of what it adds over all
        orders in which they can come.
      </p>
    </div>
  );
}
