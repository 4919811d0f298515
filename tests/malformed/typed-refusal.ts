import { expect } from "vitest";
import { z } from "zod";
import type { Answer } from "../factories/door";

const TrpcError = z.object({
  error: z.object({
    message: z.string().min(1),
    data: z.object({ code: z.string(), httpStatus: z.number() }),
  }),
});
/** Refused before anybody knew which procedure: a sentence alone. */
const EarlyError = z.object({ error: z.object({ message: z.string().min(1) }) });
const Rejects = z.object({ result: z.object({ data: z.object({ accepted: z.literal(0), rejected: z.array(z.object({ code: z.string(), message: z.string().min(1) })).min(1) }) }) }); // prettier-ignore
const Refusal = z.union([TrpcError, Rejects, EarlyError]);

/** Traces of our insides: stacks, paths, SQL and its states, names of libraries. */
export const insides =
  /\n\s+at |node_modules|\.[cm]?[jt]s:\d|\/server\/|SELECT |INSERT |UPDATE "|prisma|postgres|SQLSTATE|ECONN|\bZodError\b/i;

/** A client's fault, said in words and nothing else. */
export function expectTypedRefusal({ status, text }: Answer, { batched = false } = {}): void {
  expect(status, text.slice(0, 500)).toBeGreaterThanOrEqual(400);
  expect(status, text.slice(0, 500)).toBeLessThan(500);
  const body: unknown = JSON.parse(text);
  for (const one of batched && Array.isArray(body) ? (body as unknown[]) : [body]) {
    expect(Refusal.safeParse(one).success, text.slice(0, 500)).toBe(true);
  }
  expect(text.replace(/"(index|id|path)":"[^"]*"/g, "")).not.toMatch(insides);
}
