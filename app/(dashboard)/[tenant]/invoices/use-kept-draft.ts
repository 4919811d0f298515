"use client";

import { useSyncExternalStore } from "react";
import type { z } from "zod";

const listeners = new Set<() => void>();
/** Where the browser keeps nothing for us, a draft lasts as long as the tab. */
const own = new Map<string, string>();

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key) ?? own.get(key) ?? null;
  } catch {
    return own.get(key) ?? null;
  }
}

function write(key: string, text: string | null) {
  if (text === null) own.delete(key);
  else own.set(key, text);
  try {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // It is kept in memory.
  }
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function parsed<Draft>(schema: z.ZodType<Draft>, text: string): Draft | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * A form's draft that outlives leaving the screen: what was typed is there again, in this tab, until it is saved or discarded.
 * @param key names the thing that is edited, of which tenant too
 * @param saved what the form holds while nobody has typed; what was kept of another shape is as good as nothing
 */
export function useKeptDraft<Draft>(key: string, schema: z.ZodType<Draft>, saved: Draft) {
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const kept = text === null ? null : parsed(schema, text);
  return {
    draft: kept ?? saved,
    isChanged: kept !== null && JSON.stringify(kept) !== JSON.stringify(saved),
    change: (draft: Draft) => write(key, JSON.stringify(draft)),
    discard: () => write(key, null),
  };
}
