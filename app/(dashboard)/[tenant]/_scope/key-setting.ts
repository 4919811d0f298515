"use client";

import { useSyncExternalStore } from "react";

const name = "tokenledger.keys";
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Browsers may forbid storage; then the keys are on and stay so. */
function read(): boolean {
  try {
    return localStorage.getItem(name) !== "off";
  } catch {
    return true;
  }
}

/** Whether single letters are shortcuts. Who dictates, or types with a switch, can do without (WCAG 2.1.4). */
export function useKeySetting(): [boolean, (on: boolean) => void] {
  const isOn = useSyncExternalStore(subscribe, read, () => true);
  const set = (on: boolean) => {
    try {
      localStorage.setItem(name, on ? "on" : "off");
    } catch {
      return;
    }
    listeners.forEach((listener) => listener());
  };
  return [isOn, set];
}
