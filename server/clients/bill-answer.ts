import type { z } from "zod";
import { readJsonAnswer, type Refusals } from "./json-answer";
import { askOutside } from "./outbound";
import { outboundRules } from "./outbound-rules";

export interface BillQuestion {
  /** Who is asked, in messages. */
  host: string;
  baseUrl: string;
  path: string;
  headers: Record<string, string>;
}

/** Amounts of money that stand as numbers in an answer, to be read as the digits that they were written with. */
const numbers =
  /("(?:value|amount|list_amount|quantity)"\s*:\s*)(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,}\]])/g;

/** One page of a provider's report. Amounts come as strings, whether they were sent so or as numbers. @throws OutboundFailure */
export async function readBillPage<T extends z.ZodType>(
  { host, baseUrl, path, headers }: BillQuestion,
  schema: T,
  refusals: Refusals,
): Promise<z.infer<T>> {
  const answer = await askOutside({ baseUrl, path, method: "GET", headers }, outboundRules);
  return readJsonAnswer(
    host,
    { ...answer, text: answer.text.replaceAll(numbers, '$1"$2"') },
    schema,
    refusals,
  );
}
