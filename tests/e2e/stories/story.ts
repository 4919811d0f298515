import type { Walk } from "../walk";

/** What is to be walked to: the screens of spend, and their lists. */
export const screens = [
  "Overview",
  "Features",
  "Users",
  "Prompts",
  "Models",
  "Teams",
  "Calls",
  "Top 100",
  "Late calls",
  "Cache",
  "Errors and retries",
  "Runs",
  "Attribution",
  "Prices",
] as const;

/** One event that was planted in the demo, on a screen that shows it. */
export interface Story {
  screen: (typeof screens)[number];
  story: string;
  /** From Overview; the navigation is one. */
  clicks: number;
  /** Goes to the figure, and holds it to the ledger's. */
  find: (walk: Walk) => Promise<void>;
}
