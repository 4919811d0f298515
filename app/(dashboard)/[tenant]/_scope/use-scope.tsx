"use client";

import { useQueryStates } from "nuqs";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useTenant } from "../_components/tenant-context";
import { useNow } from "../_components/use-now";
import { type FilterPart, isSamePart } from "./filters";
import { filterParams, scopeHref, scopeParams } from "./params";
import { resolveScope, type Scope, type ScopeOffers, type ScopeParams } from "./scope";

export interface ScopeControls {
  scope: Scope;
  /** What the address says, for links: `scopeHref(slug, "users", params)`. */
  params: ScopeParams;
  offers: ScopeOffers;
  /** The time, moving on each half minute. */
  now: Date;
  /** Writes into the address in place of what it says; null takes away. To drill adds a step to the way back. */
  set: (change: Partial<ScopeParams>, how?: "tweak" | "drill") => void;
  setParts: (parts: readonly FilterPart[], how?: "tweak" | "drill") => void;
  /** Once, however often it is added. */
  addPart: (part: FilterPart, how?: "tweak" | "drill") => void;
  removePart: (part: FilterPart) => void;
  /** A screen of this tenant with the scope as it is, or with some of it changed. */
  hrefOf: (path: string, change?: Partial<ScopeParams>) => string;
}

const context = createContext<ScopeControls | null>(null);

interface ScopeProviderProps {
  /** When the page asked, so that its client parts ask the same. */
  now: string;
  /** As the page gave them to `loadScope`. */
  offers?: ScopeOffers;
  children: ReactNode;
}

const everything: ScopeOffers = {};

/** The scope of a screen, out of the address: for its bar, its keys, and every part that asks a report. */
export function ScopeProvider({ now: initialNow, offers = everything, children }: ScopeProviderProps) {
  const { slug, timeZone } = useTenant();
  const now = useNow(initialNow);
  const [params, setParams] = useQueryStates(scopeParams);
  const scope = useMemo(() => resolveScope(params, now, timeZone, offers), [params, now, timeZone, offers]);
  const controls = useMemo((): ScopeControls => {
    const set: ScopeControls["set"] = (change, how = "tweak") =>
      void setParams(change, { history: how === "drill" ? "push" : "replace" });
    const setParts: ScopeControls["setParts"] = (parts, how) => set(filterParams(parts), how);
    return {
      scope,
      params,
      offers,
      now,
      set,
      setParts,
      addPart: (part, how) => setParts([...scope.parts.filter((one) => !isSamePart(one, part)), part], how),
      removePart: (part) => setParts(scope.parts.filter((one) => !isSamePart(one, part))),
      hrefOf: (path, change) => scopeHref(slug, path, { ...params, ...change }),
    };
  }, [scope, params, offers, now, setParams, slug]);
  return <context.Provider value={controls}>{children}</context.Provider>;
}

export function useScope(): ScopeControls {
  const controls = useContext(context);
  if (!controls) throw new Error("useScope needs a ScopeProvider around it.");
  return controls;
}
