import type { KeyboardEvent, MouseEvent } from "react";
import { movesRows, rowAfter } from "./row-keys";

const focusables = "[data-row-focus]";
const interactive = "a, button, input, select, textarea, summary, label, dialog, [role=menu]";

/**
 * Keys and clicks of a table body. What has the focus is the link or button of a row's name, so that Enter opens it and
 * readers hear it; arrows, j and k lead from one to the next.
 */
export function onRowKey(event: KeyboardEvent<HTMLElement>) {
  const { target, key, currentTarget } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (!(target instanceof Element) || !movesRows(key)) return;
  // Within a menu or a field of a row the keys are theirs.
  if (target.closest("input, select, textarea, dialog, [data-panel]")) return;
  const row = target.closest("[role=row]");
  const stops = [...currentTarget.querySelectorAll<HTMLElement>(focusables)];
  const at = stops.findIndex((stop) => stop.closest("[role=row]") === row);
  if (at === -1) return;
  // The page has meanings of its own for letters and arrows.
  event.preventDefault();
  event.stopPropagation();
  const next = rowAfter(key, at, stops.length);
  if (next !== undefined) stops[next]?.focus();
}

/** A press anywhere in the row opens what its name does, unless it was meant for something else in there. */
export function onRowClick(event: MouseEvent<HTMLElement>) {
  const { target, currentTarget } = event;
  if (!(target instanceof Element) || target.closest(interactive)) return;
  if (window.getSelection()?.isCollapsed === false) return;
  const { ctrlKey, metaKey, shiftKey } = event;
  currentTarget
    .querySelector(focusables)
    ?.dispatchEvent(
      new window.MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
    );
}
