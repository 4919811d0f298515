import type { Kind, Subject } from "./schemas";

/** What of a subject makes it the same recommendation from one day to the next. */
const parts = {
  batch: ["feature", "provider", "model"],
  model: ["feature", "provider", "model"],
  cache: ["feature", "prompt", "provider", "model"],
  prompt: ["feature", "prompt", "version"],
  retry: ["feature", "cause"],
} as const satisfies Record<Kind, readonly (keyof Subject)[]>;

/** One spelling for each thing that a kind can be about. */
export const subjectKey = (kind: Kind, subject: Subject): string =>
  JSON.stringify(parts[kind].map((part) => subject[part]));
