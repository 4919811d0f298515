import type { RangeToken } from "./range";

/** Formats 11.2: the keys that people know from Plausible. */
export const rangeKeys: Partial<Record<RangeToken, string>> = {
  today: "d",
  yesterday: "e",
  "7d": "w",
  "30d": "t",
  mtd: "m",
  "last-month": "p",
  "12mo": "y",
  all: "a",
};

export type ScopeAction =
  | { kind: "range"; range: RangeToken }
  | { kind: "calendar" }
  | { kind: "shift"; by: -1 | 1 }
  | { kind: "compare" }
  | { kind: "interval" }
  | { kind: "clear" };

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const ranges = Object.entries(rangeKeys) as [RangeToken, string][];

/** What a key does to the scope; null: nothing. Keys with a modifier are the browser's. */
export function actionOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): ScopeAction | null {
  if (ctrlKey || metaKey || altKey || shiftKey) return null;
  const pressed = key.length === 1 ? key.toLowerCase() : key;
  const range = ranges.find(([, letter]) => letter === pressed)?.[0];
  if (range !== undefined) return { kind: "range", range };
  switch (pressed) {
    case "c":
      return { kind: "calendar" };
    case "ArrowLeft":
      return { kind: "shift", by: -1 };
    case "ArrowRight":
      return { kind: "shift", by: 1 };
    case "x":
      return { kind: "compare" };
    case "i":
      return { kind: "interval" };
    case "Escape":
      return { kind: "clear" };
    default:
      return null;
  }
}

/** Where a key has a meaning of its own: fields, lists that arrows move in, panels that Escape closes. */
const ownsKeys =
  "input, textarea, select, [contenteditable]:not([contenteditable='false']), dialog, [data-panel], [role='dialog'], [role='menu'], [role='listbox'], [role='slider'], [role='tablist'], [role='application'], [role='grid']";

/** Whether a key pressed there is for whatever has the focus, and not for the screen. */
export function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(ownsKeys) !== null;
}

/** What the help lists, in its order. */
export const keyHelp: { keys: readonly string[]; does: string }[] = [
  { keys: ["D"], does: "Today" },
  { keys: ["E"], does: "Yesterday" },
  { keys: ["W"], does: "Last 7 days" },
  { keys: ["T"], does: "Last 30 days" },
  { keys: ["M"], does: "Month to date" },
  { keys: ["P"], does: "Last month" },
  { keys: ["Y"], does: "Last 12 months" },
  { keys: ["A"], does: "As far back as reports reach" },
  { keys: ["C"], does: "Choose days in the calendar" },
  { keys: ["←", "→"], does: "The period before, the period after" },
  { keys: ["X"], does: "Compare, or do not" },
  { keys: ["I"], does: "Another interval: hours, days, months" },
  { keys: ["Esc"], does: "Clear the filters" },
];
