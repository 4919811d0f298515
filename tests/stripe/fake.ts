import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { FakeAccount, FakeMeter } from "./fake-account";

const script = fileURLToPath(new URL("fake-server.ts", import.meta.url));

export type FakeState = Omit<FakeAccount, "answered"> & { answers: number; reported: string[] };
type Command = {
  mode?: "test" | "live";
  set?: Partial<FakeAccount>;
  advanceMs?: number;
  report?: { since: number };
};

/**
 * Starts the fake as a process of its own.
 * @param onPort where it listens; 0: wherever is free
 */
export async function startFakeStripe(onPort = 0) {
  const child = fork(script, [String(onPort)], { execArgv: ["--import", "tsx"] });
  const [message] = (await once(child, "message")) as [unknown];
  const { port } = z.object({ port: z.number() }).parse(message);
  const url = `http://127.0.0.1:${String(port)}`;
  const told = async (account: string, command: Command = {}): Promise<FakeState> => {
    const answer = await fetch(`${url}/_control`, {
      method: "POST",
      body: JSON.stringify({ account, ...command }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as FakeState;
  };
  return {
    url,
    told,
    close: async () => {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}
export type FakeStripe = Awaited<ReturnType<typeof startFakeStripe>>;

/** Names end in x, so that a key tells where its account's name ends. */
export const accountName = (n: number) => `a${String(n)}x`;
export const keyOf = (account: string, mode: "test" | "live" = "test") => `rk_${mode}_${account}0123456789`;

export const sumMeter = (id: string, eventName: string): FakeMeter => ({
  id,
  event_name: eventName,
  display_name: eventName,
  formula: "sum",
  window: null,
  status: "active",
  customerKey: "stripe_customer_id",
  valueKey: "value",
});
export const customers = (...ids: string[]) => ids.map((id) => ({ id, name: id, metadata: {} }));
