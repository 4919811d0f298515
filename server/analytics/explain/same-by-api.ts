import type { z } from "zod";
import type { SpendFilter, SpendInput } from "../schemas";
import { type ExplainInput, sums } from "./explain-schemas";

export interface ApiCall {
  procedure: "reports.spend" | "reports.explain";
  input: z.input<typeof SpendInput> | ExplainInput;
  /** Where in the answer the figure is, as jq writes it. */
  path: string;
  /** To be pasted into a shell that has $READ_KEY. */
  curl: string;
}

const isSum = (figure: string) => (sums as readonly string[]).includes(figure);

/**
 * The request whose answer holds the very figure: what is added up is in every report, the rest is told by this one.
 * @param filter of the calls that the figure is about
 * @param address where this installation is reached
 */
export function sameByApi(input: ExplainInput, filter: SpendFilter, address: string): ApiCall {
  const { from, to } = input.scope;
  const call = isSum(input.figure)
    ? ({
        procedure: "reports.spend",
        input: { from, to, filter },
        path: `.result.data.total.${input.figure}`,
      } as const)
    : ({ procedure: "reports.explain", input, path: ".result.data.formula.value" } as const);
  return { ...call, curl: curlOf(call, address) };
}

function curlOf({ procedure, input, path }: Omit<ApiCall, "curl">, address: string): string {
  const url = `${address.replace(/\/$/, "")}/api/trpc/${procedure}`;
  return [
    `curl -sG ${quoted(url)} -H "Authorization: Bearer $READ_KEY"`,
    `  --data-urlencode ${quoted(`input=${JSON.stringify(input)}`)} | jq -r ${quoted(path)}`,
  ].join(" \\\n");
}

/** One word of a shell, whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
