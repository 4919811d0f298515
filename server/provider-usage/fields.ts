import type { Usage } from "@/server/calls/schemas";

/** Turns one provider's usage object into ours; null where it is no such object, or contradicts itself. Never throws. */
export type UsageReader = (raw: unknown) => Usage | null;

/** What a provider says, in our words. Undefined: it said nothing. NaN or a fraction: nonsense, which `settle` refuses. */
export interface Figures {
  /** Totals that include their parts. */
  input?: number | undefined;
  output?: number | undefined;
  cacheRead?: number | undefined;
  cacheWrite5m?: number | undefined;
  cacheWrite1h?: number | undefined;
  audioInput?: number | undefined;
  reasoning?: number | undefined;
  audioOutput?: number | undefined;
  units?: Usage["units"];
}

const most = 1_000_000_000;

export function at(raw: unknown, name: string): unknown {
  return typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>)[name] : undefined;
}

export function has(raw: unknown, ...names: string[]): boolean {
  return names.some((name) => at(raw, name) !== undefined && at(raw, name) !== null);
}

/** The first of these fields that is there; NaN when it holds no number. */
export function tokensAt(raw: unknown, ...names: string[]): number | undefined {
  for (const name of names) {
    const value = at(raw, name);
    if (value !== undefined && value !== null) return typeof value === "number" ? value : Number.NaN;
  }
  return undefined;
}

/** For a quantity that gateways tell twice, under two names: it is one, not two, and an empty one is no contradiction. */
export function largest(...values: (number | undefined)[]): number | undefined {
  const told = values.filter((value) => value !== undefined);
  return told.length === 0 ? undefined : Math.max(...told);
}

/** A quantity besides tokens, spelled as our ledger takes it; nothing for none. */
export function unit(name: string, value: unknown): Usage["units"] {
  if (typeof value !== "number" || !(value > 0) || value > most) return undefined;
  return { [name]: String(Number(value.toFixed(6))) };
}

/** Objects of others may have getters that throw, and usage is never worth an app's request. */
export function reader(read: UsageReader): UsageReader {
  return (raw) => {
    try {
      return read(raw);
    } catch {
      return null;
    }
  };
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0 && value <= most;

/** Our usage of these figures; null when a figure is no count of tokens or when parts exceed their total. */
export function settle(figures: Figures): Usage | null {
  const { units, ...tokens } = figures;
  const told = Object.values<number | undefined>(tokens).filter((value) => value !== undefined);
  if (!told.every(isCount)) return null;
  const { input, output, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, audioInput = 0 } = tokens;
  const { reasoning = 0, audioOutput = 0 } = tokens;
  if (input === undefined && output === undefined && units === undefined) return null;
  if (cacheRead + cacheWrite5m + cacheWrite1h + audioInput > (input ?? 0)) return null;
  if (reasoning + audioOutput > (output ?? 0)) return null;
  return {
    ...(input !== undefined && { inputTokens: input }),
    ...(output !== undefined && { outputTokens: output }),
    ...(cacheRead > 0 && { cacheReadTokens: cacheRead }),
    ...(cacheWrite5m > 0 && { cacheWrite5mTokens: cacheWrite5m }),
    ...(cacheWrite1h > 0 && { cacheWrite1hTokens: cacheWrite1h }),
    ...(audioInput > 0 && { audioInputTokens: audioInput }),
    ...(reasoning > 0 && { reasoningTokens: reasoning }),
    ...(audioOutput > 0 && { audioOutputTokens: audioOutput }),
    ...(units && { units }),
  };
}
