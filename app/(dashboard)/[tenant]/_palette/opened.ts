"use client";

import { useSyncExternalStore } from "react";

export type Opened = "palette" | "help" | null;

let opened: Opened = null;
const listeners = new Set<() => void>();

/** From wherever: a key, the navigation, the palette itself. */
export function openPalette(next: Opened): void {
  opened = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useOpened(): Opened {
  return useSyncExternalStore(
    subscribe,
    () => opened,
    () => null,
  );
}
