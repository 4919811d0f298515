import { causeQuestions } from "./questions/causes";
import { failureQuestions } from "./questions/failures";
import { groupQuestions } from "./questions/groups";
import { peopleQuestions } from "./questions/people";
import { promptQuestions } from "./questions/prompts";
import type { ReportQuestion } from "./questions/question";
import { runQuestions } from "./questions/runs";
import { spendQuestions } from "./questions/spend";

/** Every reporting question that the roll-ups answer, in the order of the screens. */
export const rolledQuestions: readonly ReportQuestion[] = [
  ...spendQuestions,
  ...groupQuestions,
  ...peopleQuestions,
  ...promptQuestions,
  ...runQuestions,
  ...failureQuestions,
  ...causeQuestions,
];
