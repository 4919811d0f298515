import { eventType, Inngest } from "inngest";
import { domainEvents } from "@/server/events";
import { logger } from "@/server/log";

/** Keys, base URL and mode come from the INNGEST_* variables, which server/env.ts has checked. */
export const inngest = new Inngest({ id: "tokenledger", logger: logger.child({ name: "inngest" }) });

/** Triggers, and the makers of events for `step.sendEvent`. */
export const rollupRequested = eventType("rollup/requested", { schema: domainEvents["rollup/requested"] });
export const inboxReceived = eventType("inbox/received", { schema: domainEvents["inbox/received"] });
export const zoneChanged = eventType("tenant/zone-changed", { schema: domainEvents["tenant/zone-changed"] });
