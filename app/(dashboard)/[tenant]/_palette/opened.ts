"use client";

import { useSyncExternalStore } from "react";

export type Opened = "palette" | "help" | null;

let opened: Opened = null;
/** What was typed for the palette before it was there: it comes when it is first asked for. */
let typedAhead = "";
const listeners = new Set<() => void>();
export const nowOpened = (): Opened => opened;

/** From wherever: a key, the navigation, the palette itself. */
export function openPalette(next: Opened): void {
  opened = next;
  typedAhead = "";
  listeners.forEach((listener) => listener());
}

/** A dialog says late that it was closed: by then another may have been opened, which stays. */
export function closeOpened(closed: Opened, next: Opened = null): void {
  if (opened === closed) openPalette(next);
}

export const readTypedAhead = (): string => typedAhead;

/** A key pressed while the palette is on its way. */
export function typeAhead(key: string): void {
  if (key === "Escape") openPalette(null);
  else if (key === "Backspace") typedAhead = typedAhead.slice(0, -1);
  else if (key.length === 1) typedAhead += key;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useOpened(): Opened {
  return useSyncExternalStore(subscribe, nowOpened, () => null);
}
