import type { Ctx } from "@/server/context";
import { env } from "@/server/env";
import type { Sender } from "./incident-message";

/** In whose name messages of this tenant speak. */
export function senderOf({ tenant }: Ctx): Sender {
  return {
    tenantName: tenant.name,
    timeZone: tenant.timeZone,
    url: `${env.NEXTAUTH_URL.replace(/\/+$/, "")}/${tenant.slug}`,
  };
}
