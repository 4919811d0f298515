import type { JobEvent } from "./protocol";

const path = /^event(?:\.[A-Za-z_]\w*)+$/;
const comparison = /^(event(?:\.[A-Za-z_]\w*)+)\s*==\s*(?:'([^']*)'|"([^"]*)")$/;

export function isPath(expression: string): boolean {
  return path.test(expression);
}

export function isComparison(expression: string): boolean {
  return comparison.test(expression);
}

/** The value that a path such as "event.data.tenantId" names; null where the event has none. */
export function valueAt(expression: string, event: JobEvent): unknown {
  let value: unknown = event;
  for (const name of expression.split(".").slice(1)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return value ?? null;
}

/** Whether `event.a.b == 'text'` is true of the event. */
export function holds(expression: string, event: JobEvent): boolean {
  const [, left, single, double] = comparison.exec(expression) ?? [];
  return left !== undefined && valueAt(left, event) === (single ?? double);
}
