"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Dialog } from "@/app/_components/ui/dialog";
import { Segmented } from "@/app/_components/ui/segmented";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import type { WhyMeasure } from "@/server/analytics/why-schemas";
import { useTenant } from "../_components/tenant-context";
import { partWords, writeFilterPart } from "../_scope/filters";
import { conflictOf } from "../_scope/scope";
import { stretchWords } from "../_scope/words";
import { ByCause } from "./by-cause";
import { ByUser } from "./by-user";
import { ChangeHead } from "./change-head";
import { whyInput, type WhyQuestion, type WhyView } from "./question";
import { useWhyQuestion } from "./use-question";

const views = [
  { value: "cause", label: "By cause" },
  { value: "user", label: "By user" },
] as const satisfies readonly { value: WhyView; label: string }[];
/** More calls cost more, whatever else happened: per call, that is left out. */
const measures = [
  { value: "cost", label: "Cost" },
  { value: "costPerCall", label: "Cost per call" },
] as const satisfies readonly { value: WhyMeasure; label: string }[];

/** What the question is narrowed to. */
function Filters({ parts }: Pick<WhyQuestion, "parts">) {
  if (parts.length === 0) return null;
  return (
    <ul aria-label="Filters" className="flex flex-wrap gap-1.5 text-xs">
      {parts.map((part) => {
        const { label, relation, value } = partWords(part);
        return (
          <li
            key={writeFilterPart(part)}
            className="max-w-full truncate rounded-full border bg-sunken px-2.5 py-0.5"
          >
            <span className="text-ink-muted">
              {label} {relation}
            </span>{" "}
            {value}
          </li>
        );
      })}
    </ul>
  );
}

interface ExplanationProps {
  question: WhyQuestion;
  ask: (question: WhyQuestion) => void;
  show: (question: WhyQuestion) => void;
}

function WhyExplanation({ question, ask, show }: ExplanationProps) {
  const { timeZone } = useTenant();
  const answer = useQuery(useTRPC().reports.why.queryOptions(whyInput(question)));
  if (answer.isError) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) {
    return (
      <div>
        <Skeleton className="h-9 w-40" />
        <Skeleton className="mt-3 h-4 w-56" />
        <SkeletonRows rows={9} className="px-0 sm:px-0" />
      </div>
    );
  }
  const now = new Date(answer.data.watermark.rolledThrough);
  const words = (stretch: WhyQuestion["stretch"]) => stretchWords(stretch, timeZone, now);
  // People are summed in totals, and not together with prompts, kinds and errors.
  const hasUsers = question.measure === "cost" && conflictOf(whyInput(question).filter, "user") === null;
  const view = hasUsers ? question.view : "cause";
  return (
    <div className="space-y-5">
      <Filters parts={question.parts} />
      <ChangeHead
        answer={answer.data}
        beforeWords={words(question.compare)}
        afterWords={words(question.stretch)}
      />
      <div className="flex flex-wrap gap-3">
        <Segmented
          label="The change of"
          value={question.measure}
          options={measures}
          onChange={(next) => show({ ...question, measure: next })}
        />
        {hasUsers && (
          <Segmented
            label="Show the change"
            value={view}
            options={views}
            onChange={(next) => show({ ...question, view: next })}
          />
        )}
      </div>
      {view === "cause" ? (
        <ByCause answer={answer.data} question={question} ask={ask} />
      ) : (
        <ByUser question={question} />
      )}
    </div>
  );
}

/** The drawer that explains a change (why-door.tsx opens it). */
export function WhyDialog() {
  const { question, ask, show, close } = useWhyQuestion();
  return (
    <Dialog
      side
      open={question !== null}
      // Following a link closes it, too; then the address is another's already.
      onClose={() => question && close()}
      title={
        question?.measure === "costPerCall" ? "Why did the cost of a call change?" : "Why did it change?"
      }
    >
      {question && <WhyExplanation question={question} ask={ask} show={show} />}
    </Dialog>
  );
}
