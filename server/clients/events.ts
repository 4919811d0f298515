import { Inngest } from "inngest";
import type { Emit } from "@/server/context";
import { logger } from "@/server/log";

// Keys, base URL and mode come from the INNGEST_* variables, which server/env.ts has checked.
const client = new Inngest({ id: "tokenledger", logger: logger.child({ name: "inngest" }) });

/** Hands a domain event to Inngest, or to the embedded runner, which speaks the same protocol. */
export const sendEvent: Emit = async (event) => {
  await client.send(event);
};
