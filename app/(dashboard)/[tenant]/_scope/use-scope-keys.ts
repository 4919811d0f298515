"use client";

import { useEffect, useEffectEvent } from "react";
import { useKeySetting } from "./key-setting";
import { actionOf, isTaken, type ScopeAction } from "./keys";
import { rangeParams } from "./params";
import { rangeTokens, shiftRange } from "./range";
import { type ScopeControls, useScope } from "./use-scope";

function run(action: ScopeAction, controls: ScopeControls, openCalendar: () => void): boolean {
  const { scope, offers, now, set, setParts } = controls;
  const offered = offers.ranges ?? rangeTokens;
  switch (action.kind) {
    case "range":
      if (!offered.includes(action.range)) return false;
      set(rangeParams(action.range));
      return true;
    case "shift": {
      const next = shiftRange(scope.choice, action.by, now, scope.timeZone);
      if (next === null || (typeof next === "string" && !offered.includes(next))) return false;
      set(rangeParams(next));
      return true;
    }
    case "calendar":
      openCalendar();
      return true;
    case "compare":
      if (offers.compare === false) return false;
      set({ compare: scope.compareChoice.mode === "off" ? "previous" : "off", cfrom: null, cto: null });
      return true;
    case "interval": {
      const { granularities, granularity } = scope;
      if (granularities.length < 2) return false;
      const at = granularities.indexOf(granularity);
      set({ i: granularities[(at + 1) % granularities.length] ?? null });
      return true;
    }
    case "clear":
      if (scope.parts.length === 0) return false;
      setParts([]);
      return true;
  }
}

/** The keys of formats 11.2, for as long as a bar is on the screen. */
export function useScopeKeys(openCalendar: () => void): void {
  const controls = useScope();
  const [isOn] = useKeySetting();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isOn || event.defaultPrevented || event.repeat || isTaken(event.target)) return;
    // A sheet or dialog in front of the screen has the keys, wherever the focus is.
    if (document.querySelector("dialog[open]")) return;
    const action = actionOf(event);
    if (action && run(action, controls, openCalendar)) event.preventDefault();
  });
  useEffect(() => {
    // On the window, so that panels can keep Escape to themselves: React listens on the document.
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
