import { inngest } from "@/inngest/client";
import type { Emit } from "@/server/context";

/** `ctx.emit` for every door whose verbs announce something. */
export const emit: Emit = async (event) => {
  await inngest.send(event);
};
