"use client";

import { useTenant } from "../_components/tenant-context";
import { callsHref } from "../calls/search-params";
import { withOnly } from "../_scope/filters";
import { filterParams } from "../_scope/params";
import { useScope } from "../_scope/use-scope";

/** Where a row of this screen leads: a provider to its models, a model to its dearest calls. */
export function useGroupHref(groupBy: "model" | "provider") {
  const { slug } = useTenant();
  const { scope, params, hrefOf } = useScope();
  return (key: string | null) => {
    const parts = withOnly(scope.parts, groupBy, key);
    return groupBy === "provider"
      ? hrefOf("models", { ...filterParams(parts), by: null })
      : callsHref(slug, { ...params, parts, order: "dearest" });
  };
}
