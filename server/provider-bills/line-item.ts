import { serviceOf } from "@/server/prices/service";
import type { BillLine, TokenClass } from "./schemas";

type Told = Pick<BillLine, "kind" | "model" | "tokenClass" | "service">;

const tax = /\b(tax|vat|gst|hst|levy)\b/i;
const credit = /\b(credits?|refund|promotion|promotional|goodwill|adjustment|discount|rebate|grant)\b/i;
const tool = /\b(web search|file search|code interpreter|code execution|container|storage|tool calls?)\b/i;

/** What a line that names no model is: tax, a credit, use of a tool; else something that nobody knows. */
export function lineWithoutModel(description: string): Told {
  const none = { model: "", service: "", tokenClass: "other" } as const;
  if (tax.test(description)) return { ...none, kind: "tax" };
  if (credit.test(description)) return { ...none, kind: "credit" };
  return { ...none, kind: "usage", tokenClass: tool.test(description) ? "tool" : "other" };
}

/** The class that words such as "cached input" or "output_tokens" tell; null if none. */
export function classOfWords(words: string): TokenClass | null {
  const said = words
    .toLowerCase()
    .replaceAll(/[_.-]+/g, " ")
    .replaceAll(/\b(un|non ?)cached\b/g, "");
  if (/cach/.test(said)) {
    if (!/writ|creat/.test(said)) return "cache_read";
    return /\b1 ?h/.test(said) ? "cache_write_1h" : "cache_write_5m";
  }
  const isAudio = /audio/.test(said);
  if (/output|completion|reasoning/.test(said)) return isAudio ? "audio_output" : "output";
  if (/input|prompt|embedding/.test(said)) return isAudio ? "audio_input" : "input";
  return null;
}

/** The service that a bill names in its own words; '' where it names none. */
export function serviceOfWords(words: string | null | undefined): string {
  if (words === null || words === undefined || words.trim() === "") return "";
  const { service, isCertain } = serviceOf({ batch: false, serviceTier: words });
  return isCertain ? service : "";
}

/** A line such as "gpt-4o-2024-08-06, cached input" or "gpt-4o, batch, output": a model, then what of it. */
export function readLineItem(item: string): Told {
  const [model = "", ...rest] = item.split(",").map((part) => part.trim());
  const words = rest.join(" ");
  const tokenClass = classOfWords(words);
  if (tokenClass === null || model === "" || tax.test(model)) return lineWithoutModel(item);
  const service = /\b(batch|flex|priority)\b/i.exec(words)?.[1] ?? "";
  return { kind: "usage", model, tokenClass, service: serviceOfWords(service) };
}
