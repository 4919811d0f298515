import type { Client } from "pg";
import { addDays } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import type { DuckDb } from "./duckdb/engine";
import type { Agreed, Asked, ReportQuestion } from "./questions/question";
import { percentile, timed } from "./statistics";

export interface Line {
  question: string;
  range: string;
  p50: number;
  p95: number;
  rawMs: number;
  duckMs: number;
  isBounded: boolean;
}

export interface Engines {
  ctx: Ctx;
  admin: Client;
  duck: DuckDb;
}

export function askedOf(to: string, days: number): Asked {
  const from = addDays(to, -days);
  return { from, to, compare: { from: addDays(from, -days), to: from } };
}

type Answered = Record<"raw" | "duck", { ms: number; answer: Record<string, unknown>[] }>;
const answered = new Map<string, Promise<Answered>>();

/** Several questions (orders of a table, say) are one to raw calls, which take long: they are asked once. */
function askPlainly(sql: string, { admin, duck }: Engines): Promise<Answered> {
  const known = answered.get(sql);
  if (known) return known;
  const ask = async (): Promise<Answered> => {
    const raw = await timed(() => admin.query<Record<string, unknown>>(sql));
    await duck.query(sql);
    return { raw: { ms: raw.ms, answer: raw.answer.rows }, duck: await timed(() => duck.query(sql)) };
  };
  const asked = ask();
  answered.set(sql, asked);
  return asked;
}

function differences(ours: Agreed | null, theirs: Agreed, by: string): string[] {
  if (ours === null) return [];
  return Object.entries(theirs).flatMap(([name, value]) =>
    ours[name] === value ? [] : [`${name} is ${String(ours[name])}, but ${String(value)} by ${by}`],
  );
}

/** Null: the database did not answer in the time that the product gives it. That is a measurement, not an end. */
async function answerOf(question: ReportQuestion, asked: Asked, ctx: Ctx): Promise<Agreed | null> {
  try {
    return await question.ask(ctx, asked);
  } catch (error) {
    if (error instanceof DomainError && error.code === "UNAVAILABLE") return null;
    throw error;
  }
}

/** Asks the product, the raw table and DuckDB one question. @returns what they do not agree on, too */
export async function measure(
  question: ReportQuestion,
  range: { name: string; asked: Asked },
  engines: Engines,
  repeats: number,
): Promise<{ line: Line; faults: string[] }> {
  const { asked } = range;
  // Once unmeasured: a screen that is opened reads roll-ups that the last one has read.
  const ours = await answerOf(question, asked, engines.ctx);
  const measured: number[] = [];
  for (let i = 0; i < (ours ? repeats : 0); i += 1) {
    const { ms, answer } = await timed(() => answerOf(question, asked, engines.ctx));
    measured.push(answer ? ms : Infinity);
  }
  if (!ours) measured.push(Infinity);
  const { raw, duck } = await askPlainly(question.plain(asked), engines);
  const faults = [
    ...differences(ours, question.agreed(raw.answer), "the raw calls"),
    ...differences(ours, question.agreed(duck.answer), "DuckDB"),
  ];
  return {
    line: {
      question: question.name,
      range: range.name,
      p50: percentile(measured, 0.5),
      p95: percentile(measured, 0.95),
      rawMs: raw.ms,
      duckMs: duck.ms,
      isBounded: question.isBounded ?? false,
    },
    faults: faults.map((fault) => `${question.name}, ${range.name}: ${fault}`),
  };
}
