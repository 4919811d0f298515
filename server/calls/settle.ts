import type { Ctx } from "@/server/context";
import { settleResponses } from "./settle-responses";
import { settleTraces } from "./settle-traces";

/** Looks at most this often for more in one go; what is left then waits for the next. */
const maxRounds = 50;

/**
 * Everything that could not be known when a call arrived: tags of a parent that came later, sums whose parts came later,
 * reports of one response. Traces first, for a span that only sums up its children must not win against one of them.
 * Running it twice changes nothing.
 */
export async function settleCalls(ctx: Ctx): Promise<{ traces: number; responses: number }> {
  const traces = await untilNone(() => settleTraces(ctx));
  const responses = await untilNone(() => settleResponses(ctx));
  return { traces, responses };
}

async function untilNone(round: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let n = 0; n < maxRounds; n += 1) {
    const settled = await round();
    if (settled === 0) break;
    total += settled;
  }
  return total;
}
