"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useTenant } from "../_components/tenant-context";
import { readQuestion, whyParams, type WhyQuestion, writeQuestion } from "./question";

/** The question that the address asks, and how to ask another. */
export function useWhyQuestion() {
  const { timeZone } = useTenant();
  const [params, setParams] = useQueryStates(whyParams);
  const question = useMemo(() => readQuestion(params, timeZone), [params, timeZone]);
  return {
    question,
    /** A step that the way back undoes. */
    ask: (next: WhyQuestion) => void setParams(writeQuestion(next), { history: "push" }),
    /** The same question, looked at in another way. */
    show: (next: WhyQuestion) => void setParams(writeQuestion(next), { history: "replace" }),
    close: () => void setParams(null, { history: "replace" }),
  };
}
