import { isComparison, isPath } from "./expression";
import { FunctionConfig } from "./protocol";
import { latestTick } from "./schedule";

export interface Limit {
  limit: number;
  /** Path into the event; runs count against the limit with those of the same value. */
  key: string | null;
}

/** What the runner needs to know of an Inngest function. */
export interface JobFunction {
  id: string;
  crons: string[];
  events: { name: string; condition: string | null }[];
  /** First try included. */
  maxAttempts: number;
  limits: Limit[];
  /** Path into the event: events with the same value start one run a day. */
  idempotency: string | null;
}

/** Inngest's own default: four retries. */
const defaultRetries = 4;

/** @throws Error naming the function and the option that the embedded runner does not offer. */
export function parseFunctions(configs: unknown[], now: Date): JobFunction[] {
  return configs.map((config) => parseFunction(config, now));
}

function parseFunction(config: unknown, now: Date): JobFunction {
  const parsed = FunctionConfig.safeParse(config);
  if (!parsed.success) {
    const name =
      typeof config === "object" && config !== null && "id" in config ? String(config.id) : "a function";
    const [issue] = parsed.error.issues;
    const what = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : issue?.path.join(".");
    throw new Error(
      `The embedded job runner can't do what ${name} asks for: ${what ?? "its configuration"}.`,
    );
  }
  const { id, triggers, steps, idempotency, concurrency } = parsed.data;
  const refuse = (what: string) =>
    new Error(`The embedded job runner can't do what ${id} asks for: ${what}.`);
  const limits = asLimits(concurrency);
  for (const expression of [idempotency, ...limits.map((limit) => limit.key)]) {
    if (expression && !isPath(expression)) throw refuse(`the expression "${expression}"`);
  }
  const events = triggers.flatMap((trigger) =>
    "event" in trigger ? [{ name: trigger.event, condition: trigger.expression ?? null }] : [],
  );
  for (const { name, condition } of events) {
    if (condition !== null && !isComparison(condition)) throw refuse(`the condition "${condition}"`);
    if (name.includes("*")) throw refuse(`the pattern "${name}"`);
  }
  const crons = triggers.flatMap((trigger) => ("cron" in trigger ? [trigger.cron] : []));
  // Parsed once here, so that a bad expression is known at the start and not at its hour.
  crons.forEach((cron) => latestTick(cron, now));
  const maxAttempts = 1 + (steps.step.retries?.attempts ?? defaultRetries);
  return { id, crons, events, maxAttempts, limits, idempotency: idempotency ?? null };
}

function asLimits(concurrency: FunctionConfig["concurrency"]): Limit[] {
  if (concurrency === undefined) return [];
  const listed = Array.isArray(concurrency) ? concurrency : [concurrency];
  return listed
    .map((item) =>
      typeof item === "number" ? { limit: item, key: null } : { limit: item.limit, key: item.key ?? null },
    )
    .filter(({ limit }) => limit > 0);
}
