import { z } from "zod";

// What the SDK's serve handler and an Inngest server say to each other, as far as our functions use it.
// Read from inngest 4.24: components/InngestCommHandler.js, components/execution/engine.js, types.js, helpers/consts.js.

export const headers = {
  signature: "x-inngest-signature",
  syncKind: "x-inngest-sync-kind",
  noRetry: "x-inngest-no-retry",
  retryAfter: "retry-after",
  /** Random per `inngest.send`, the same for each of its tries. */
  eventIdSeed: "x-inngest-event-id-seed",
} as const;

/** An event as functions receive it. */
export const JobEvent = z.object({
  id: z.string().min(1).max(512),
  name: z.string().min(1).max(256),
  data: z.record(z.string(), z.unknown()),
  /** Milliseconds since 1970, UTC. */
  ts: z.number().int(),
  v: z.string().optional(),
});
export type JobEvent = z.infer<typeof JobEvent>;

/** An event as `inngest.send` posts it. */
export const SentEvent = JobEvent.partial({ id: true, ts: true }).extend({
  id: z.string().max(512).nullish(),
});
export type SentEvent = z.infer<typeof SentEvent>;

const Concurrency = z.strictObject({
  limit: z.number().int().min(0),
  key: z.string().optional(),
  scope: z.literal("fn").optional(),
});

/** A function as the SDK registers it. Strict: an option that this runner would not honour is refused at the start. */
export const FunctionConfig = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(
    z.union([
      z.strictObject({ cron: z.string() }),
      z.strictObject({ event: z.string(), expression: z.string().optional() }),
    ]),
  ),
  steps: z.object({
    step: z.object({ retries: z.object({ attempts: z.number().int().min(0).optional() }).optional() }),
  }),
  idempotency: z.string().optional(),
  concurrency: z.union([z.number().int().min(0), Concurrency, z.array(Concurrency).max(2)]).optional(),
});
export type FunctionConfig = z.infer<typeof FunctionConfig>;

/** One thing that a function reported: a step that ran, failed, waits to be run, or a sleep. */
export const Op = z.object({
  id: z.string().min(1),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type Op = z.infer<typeof Op>;

/** What a settled step left behind; handed back to the function, which does not run it again. */
export type Memo = { type: "data"; data: unknown } | { type: "error"; error: unknown };

/** One request to go on with a run. */
export interface Call {
  functionId: string;
  /** "step" lets the function go on by itself; any other value is the one planned step to run. */
  stepId: string;
  body: {
    event: JobEvent;
    events: JobEvent[];
    steps: Record<string, Memo>;
    ctx: {
      run_id: string;
      attempt: number;
      max_attempts: number;
      disable_immediate_execution: boolean;
      use_api: false;
      stack: { stack: string[]; current: number };
      // No fn_id: with it the SDK would send step results to Inngest's checkpoint API before it answers us.
    };
  };
}

export interface Answer {
  status: number;
  noRetry: boolean;
  retryAfter: string | null;
  body: string;
}
