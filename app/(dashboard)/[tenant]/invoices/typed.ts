import type { z } from "zod";

/** "$1,200.50" is 1200.50 and "20 %" is 20; what is no number stays as it is, to be refused. */
export const plainDecimal = (typed: string) => typed.replace(/[$,%\s]/g, "");

/** What somebody wrote one a line; empty lines are none. */
export const linesIn = (typed: string) =>
  typed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** A sentence for each field at fault, by its path ("tax.percent"); of several faults of a field the first. */
export function faultsOf(error: z.ZodError | undefined): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { path, message } of error?.issues ?? []) {
    const field = path.map(String).join(".");
    const sentence = `${message.slice(0, 1).toUpperCase()}${message.slice(1)}`;
    if (!faults.has(field)) faults.set(field, sentence.endsWith(".") ? sentence : `${sentence}.`);
  }
  return faults;
}

/** The first fault in a field or in an item of its list: of lines that are typed into one box. */
export const faultWithin = (faults: ReadonlyMap<string, string>, field: string): string | undefined =>
  [...faults].find(([path]) => path === field || path.startsWith(`${field}.`))?.[1];
