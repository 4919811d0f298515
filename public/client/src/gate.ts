import { readUsage } from "@/server/provider-usage/read-usage";
import { backoffMs } from "./answer";
import type { GateActual, GateAsk, Permit, TokenledgerOptions } from "./api";
import { hashPrompt, newId, pick, usageFields } from "./to-wire";

const tagFields = ["feature", "team", "userId", "accountId", "environment"];
const costFields = ["provider", "model", "costUsd"];
const runFields = ["id", "limitUsd", "limitTokens"];
const outcomes = ["allow", "needs-ack", "deny"] as const;
/** A settlement is tried this often; what stays unsettled is given back when its lease runs out. */
const settleTries = 5;
const requestTimeoutMs = 10_000;

interface GateSettings {
  endpoint: string;
  key: string;
  fetch: typeof globalThis.fetch;
  options: Pick<TokenledgerOptions, "feature" | "environment" | "whenUnreachable" | "gateTimeoutMs">;
}

interface Answer {
  status: number;
  data: Record<string, unknown>;
  message: string;
}

/** Asks before a call is made, and says what it cost. */
export class Gate {
  /** As the deployment last said. */
  private whenUnreachable: "open" | "closed" = "open";

  constructor(private readonly settings: GateSettings) {}

  async reserve(ask: GateAsk): Promise<Permit> {
    // Whatever it is given, it answers.
    const key = (ask as GateAsk | undefined)?.key ?? newId();
    const settle = (actual?: GateActual) => this.settle(key, ask, actual).catch(() => false);
    try {
      const body = askBody(key, ask, this.settings.options);
      const timeoutMs = this.settings.options.gateTimeoutMs ?? 1_000;
      const { status, data, message } = await this.post("reserve", body, timeoutMs);
      const outcome = outcomes.find((one) => one === data.outcome);
      if (status !== 200 || outcome === undefined)
        return this.unreachable(key, `${status}: ${message}`, settle);
      if (data.whenUnreachable === "closed" || data.whenUnreachable === "open")
        this.whenUnreachable = data.whenUnreachable;
      return {
        allowed: outcome === "allow",
        outcome,
        message: typeof data.message === "string" ? data.message : "",
        key,
        settle,
      };
    } catch (error) {
      return this.unreachable(key, String(error), settle);
    }
  }

  private unreachable(key: string, message: string, settle: Permit["settle"]): Permit {
    const choice = this.settings.options.whenUnreachable ?? this.whenUnreachable;
    return { allowed: choice === "open", outcome: "unreachable", message, key, settle };
  }

  /** @returns whether the deployment took it */
  private async settle(key: string, ask: GateAsk, actual?: GateActual): Promise<boolean> {
    const body = {
      key,
      ...(actual && { actual: costOf({ ...pick(ask, ["provider", "model"]), ...actual }) }),
    };
    for (let tries = 0; tries < settleTries; tries += 1) {
      if (tries > 0) await pause(backoffMs(tries, Math.random()));
      const status = await this.post("settle", body, requestTimeoutMs).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 200) return true;
      // Nothing was reserved by this key, or the key of the app is wrong: asking again changes nothing.
      if (status >= 400 && status < 500 && status !== 408 && status !== 429) return false;
    }
    return false;
  }

  private async post(procedure: string, body: object, timeoutMs: number): Promise<Answer> {
    const { endpoint, key, fetch } = this.settings;
    const response = await fetch(`${endpoint}/api/trpc/gate.${procedure}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const said = (await response.json()) as {
      result?: { data?: Record<string, unknown> };
      error?: { message?: string };
    };
    return {
      status: response.status,
      data: said.result?.data ?? {},
      message: said.error?.message ?? "not an answer of a gate",
    };
  }
}

function askBody(key: string, ask: GateAsk, defaults: GateSettings["options"]): object {
  const { prompt, promptHash, run, acknowledged, leaseSeconds } = ask;
  const hash = promptHash ?? (prompt === undefined ? undefined : hashPrompt(prompt));
  return {
    key,
    ...pick(defaults, ["feature", "environment"]),
    ...pick(ask, tagFields),
    ...pick({ acknowledged, leaseSeconds, promptHash: hash }, ["acknowledged", "leaseSeconds", "promptHash"]),
    ...(run && { run: pick(run, runFields) }),
    estimate: costOf(ask),
  };
}

function costOf({ usage, providerUsage, ...cost }: GateActual): object {
  const read = usage ?? (providerUsage === undefined ? undefined : readUsage(providerUsage));
  return { ...pick(cost, costFields), ...(read && { usage: pick(read, usageFields) }) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms) as { unref?: () => void };
    timer.unref?.();
  });
}
