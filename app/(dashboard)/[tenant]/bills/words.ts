import type { Outputs } from "@/app/_trpc/client";
import type { Cause, FileFormat, TokenClass } from "@/server/provider-bills/schemas";

export type BillMonth = Outputs["bills"]["month"];
export type BillDay = BillMonth["days"][number];
export type BillLine = Outputs["bills"]["match"]["lines"][number];
export type BillFile = Outputs["bills"]["files"]["files"][number];
export type BillConnection = Outputs["bills"]["list"]["connections"][number];

const providers: Record<string, string> = {
  openai: "OpenAI",
  anthropic: "Anthropic",
  aws: "AWS Bedrock",
  google: "Google Vertex AI",
};
export const providerName = (provider: string) => providers[provider] ?? provider;

export const causeNames: Record<Cause, string> = {
  tax_or_credit: "Tax or credit",
  late_correction: "Late correction",
  unknown_model: "Unknown model",
  coverage: "Not in the ledger",
  tier_or_discount: "Tier or discount",
  time_zone: "Another day",
  category: "Class of token",
  price: "Price",
  unexplained: "Unexplained",
};

/** Why bill and ledger differ, for whoever has to answer for it. */
export const causeSentences: Record<Cause, string> = {
  tax_or_credit: "The bill says so itself, on a line without a model.",
  late_correction: "The provider changed a day that had been final.",
  unknown_model: "Nobody here knows what this model costs.",
  coverage: "It was billed, and its calls were never sent here.",
  tier_or_discount: "The same tokens, sold as another service or below the list price.",
  time_zone: "Booked on the day before or after; over the month it cancels out.",
  category: "The same tokens, counted as another class, or in two.",
  price: "The same tokens at another rate than ours.",
  unexplained: "Nothing that we look for explains it.",
};

export const classNames: Record<TokenClass, string> = {
  input: "input",
  cache_read: "cache read",
  cache_write_5m: "cache write, 5 min",
  cache_write_1h: "cache write, 1 h",
  audio_input: "audio input",
  output: "output",
  audio_output: "audio output",
  tool: "tools",
  other: "other",
};

export const formatNames: Record<FileFormat, string> = {
  "openai-cost": "OpenAI cost export",
  "anthropic-cost": "Anthropic cost export",
  "anthropic-usage": "Anthropic usage export",
  focus: "FOCUS",
};

export const isZero = (usd: string) => /^-?0(\.0+)?$/.test(usd);

export const billHref = (slug: string, of: { provider: string; month: string; day?: string }) =>
  `/${slug}/bills?${new URLSearchParams(of).toString()}`;
