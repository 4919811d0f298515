import type { UsageCase } from "./usage-case";

const gemini = (prompt: number, candidates: number, more: { thoughts?: number; tools?: number; cached?: number } = {}) => {
  const { thoughts = 0, tools = 0, cached } = more;
  return {
    promptTokenCount: prompt,
    candidatesTokenCount: candidates,
    totalTokenCount: prompt + candidates + thoughts + tools,
    ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
    ...(tools > 0 && { toolUsePromptTokenCount: tools }),
    ...(cached !== undefined && { cachedContentTokenCount: cached }),
  };
}; // prettier-ignore
const audio = (text: number, sound: number) => [
  { modality: "TEXT", tokenCount: text },
  { modality: "AUDIO", tokenCount: sound },
];

export const googleCases: UsageCase[] = [
  {
    name: "Gemini, thoughts beside the candidates (LF#12531)",
    raw: { thoughtsTokenCount: 495, promptTokenCount: 324, candidatesTokenCount: 1364, totalTokenCount: 2183 },
    rates: "gemini3Pro", buckets: { freshInputTokens: 324, visibleOutputTokens: 1364, reasoningTokens: 495 },
    sum: "324 × 2 + 1364 × 12 + 495 × 12", cost: "0.022956", status: "priced",
  },
  {
    name: "Gemini, cached input is billed once: $0.1849, not $0.7642 (LL#14849)",
    raw: gemini(262_960, 1744, { cached: 257_955 }),
    rates: "vertexFlat", buckets: { freshInputTokens: 5005, cacheReadTokens: 257_955, visibleOutputTokens: 1744 },
    sum: "5005 × 1.25 + 257955 × 0.625 + 1744 × 10", cost: "0.184918125", status: "priced",
  },
  {
    name: "Gemini, the same call at the rates of its length (LL#14849)",
    raw: gemini(262_960, 1744, { cached: 257_955 }),
    rates: "geminiPro", buckets: { freshInputTokens: 5005, cacheReadTokens: 257_955, visibleOutputTokens: 1744 },
    sum: "5005 × 2.5 + 257955 × 0.25 + 1744 × 15", cost: "0.10316125", status: "priced",
  },
  {
    name: "Gemini, cached input of another report: $0.0056, not $0.0137 (earendil-works/pi#2148)",
    raw: gemini(20_212, 931, { cached: 16_298 }),
    rates: "gemini3Flash", buckets: { freshInputTokens: 3914, cacheReadTokens: 16_298, visibleOutputTokens: 931 },
    sum: "3914 × 0.5 + 16298 × 0.05 + 931 × 3", cost: "0.0055649", status: "priced",
  },
  {
    name: "Gemini, what tools feed back is input (QuantumNous/new-api#2935)",
    raw: gemini(151, 1089, { tools: 18_329, thoughts: 1120 }),
    rates: "geminiFlash", buckets: { freshInputTokens: 18_480, visibleOutputTokens: 1089, reasoningTokens: 1120 },
    sum: "18480 × 0.3 + 1089 × 2.5 + 1120 × 2.5", cost: "0.0110665", status: "priced",
  },
  {
    name: "Gemini that runs code (mozilla-ai/any-llm#1367)",
    raw: gemini(80, 173, { tools: 237, thoughts: 60 }),
    rates: "geminiFlash", buckets: { freshInputTokens: 317, visibleOutputTokens: 173, reasoningTokens: 60 },
    sum: "317 × 0.3 + 173 × 2.5 + 60 × 2.5", cost: "0.0006776", status: "priced",
  },
  {
    name: "Gemini, lifted to the tier by its tools (meistrari/aicost#10)",
    raw: gemini(199_990, 10, { tools: 20 }),
    rates: "geminiPro", buckets: { freshInputTokens: 200_010, visibleOutputTokens: 10 },
    sum: "200010 × 2.5 + 10 × 15", cost: "0.500175", status: "priced",
  },
  {
    name: "Gemini, the last token below the tier",
    raw: gemini(200_000, 10),
    rates: "geminiPro", buckets: { freshInputTokens: 200_000, visibleOutputTokens: 10 },
    sum: "200000 × 1.25 + 10 × 10", cost: "0.2501", status: "priced",
  },
  {
    name: "Gemini, the first token of it",
    raw: gemini(200_001, 10),
    rates: "geminiPro", buckets: { freshInputTokens: 200_001, visibleOutputTokens: 10 },
    sum: "200001 × 2.5 + 10 × 15", cost: "0.5001525", status: "priced",
  },
  {
    name: "Gemini on an older Vertex, thoughts inside the candidates",
    raw: { promptTokenCount: 10, candidatesTokenCount: 30, thoughtsTokenCount: 20, totalTokenCount: 40 },
    rates: "geminiFlash", buckets: { freshInputTokens: 10, visibleOutputTokens: 10, reasoningTokens: 20 },
    sum: "10 × 0.3 + 10 × 2.5 + 20 × 2.5", cost: "0.000078", status: "priced",
  },
  {
    name: "Gemini that thought until it was cut off",
    raw: { promptTokenCount: 10, thoughtsTokenCount: 20, totalTokenCount: 30 },
    rates: "geminiFlash", buckets: { freshInputTokens: 10, reasoningTokens: 20 },
    sum: "10 × 0.3 + 20 × 2.5", cost: "0.000053", status: "priced",
  },
  {
    name: "Gemini that listens",
    raw: { ...gemini(100, 10), promptTokensDetails: audio(40, 60) },
    rates: "geminiFlash", buckets: { freshInputTokens: 40, audioInputTokens: 60, visibleOutputTokens: 10 },
    sum: "40 × 0.3 + 60 × 1 + 10 × 2.5", cost: "0.000097", status: "priced",
  },
  {
    name: "Gemini, cached audio is cached input and is not audio as well (LL#37407)",
    raw: { ...gemini(100, 5, { cached: 60 }), promptTokensDetails: audio(50, 50), cacheTokensDetails: audio(30, 30) },
    rates: "geminiFlash", buckets: { freshInputTokens: 20, cacheReadTokens: 60, audioInputTokens: 20, visibleOutputTokens: 5 },
    sum: "20 × 0.3 + 60 × 0.03 + 20 × 1 + 5 × 2.5", cost: "0.0000403", status: "priced",
  },
  {
    name: "Gemini that draws: images hide in the output, at rates of their own, so it is an estimate",
    raw: gemini(10, 1290),
    rates: "geminiImage", buckets: { freshInputTokens: 10, visibleOutputTokens: 1290 },
    sum: "10 × 0.3 + 1290 × 2.5", cost: "0.003228", status: "estimated",
  },
  {
    name: "Gemini batch without rates of its own",
    raw: gemini(1000, 100), call: { batch: true },
    rates: "geminiFlash", buckets: { freshInputTokens: 1000, visibleOutputTokens: 100 },
    sum: "1000 × 0.15 + 100 × 1.25", cost: "0.000275", status: "estimated",
  },
]; // prettier-ignore
