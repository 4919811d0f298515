import { appRouter } from "@/server/api/root";

interface Parser {
  safeParse(value: unknown): { success: boolean };
}
export interface Procedure {
  name: string;
  type: string;
  /** What its input must get past, one after the other; none for a procedure without input. */
  inputs: Parser[];
}

// tRPC types its record as the nested router, while at run time it is flat, by full name, with the procedure's definition.
const flat = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: string; inputs: Parser[] } }
>;

/** Every procedure there is. */
export const procedures: Procedure[] = Object.entries(flat).map(([name, { _def }]) => ({
  name,
  type: _def.type,
  inputs: _def.inputs,
}));
