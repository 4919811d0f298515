import { describe, expect, it } from "vitest";
import { classOfWords, lineWithoutModel, readLineItem } from "./line-item";

describe("readLineItem", () => {
  it.each([
    ["gpt-4o-2024-08-06, input", "gpt-4o-2024-08-06", "input", ""],
    ["gpt-4o, cached input", "gpt-4o", "cache_read", ""],
    ["gpt-6-sol, cache write", "gpt-6-sol", "cache_write_5m", ""],
    ["gpt-4o, batch, output", "gpt-4o", "output", "batch"],
    ["gpt-4o, flex input", "gpt-4o", "input", "flex"],
    ["gpt-4o-audio, audio output", "gpt-4o-audio", "audio_output", ""],
    ["web search tool calls", "", "tool", ""],
    ["something new", "", "other", ""],
  ])("%s", (item, model, tokenClass, service) => {
    expect(readLineItem(item)).toEqual({ kind: "usage", model, tokenClass, service });
  });
});

it.each([
  ["uncached_input_tokens", "input"],
  ["cache_read_input_tokens", "cache_read"],
  ["cache_creation.ephemeral_5m_input_tokens", "cache_write_5m"],
  ["cache_creation.ephemeral_1h_input_tokens", "cache_write_1h"],
  ["output_tokens", "output"],
  ["", null],
])("Anthropic's %s is %s", (words, tokenClass) => {
  expect(classOfWords(words)).toBe(tokenClass);
});

it.each([
  ["Sales tax, California", "tax"],
  ["VAT", "tax"],
  ["Promotional credits", "credit"],
  ["Goodwill refund", "credit"],
  ["File search storage", "usage"],
])("%s is %s", (description, kind) => {
  expect(lineWithoutModel(description).kind).toBe(kind);
  expect(readLineItem(description).kind).toBe(kind);
});
