import { serve } from "inngest/next";
import { NextRequest } from "next/server";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/index";
import { env } from "@/server/env";
import { guard } from "./guard";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

// An unsigned sync would register whatever host the caller names.
const sdk = serve({ client: inngest, functions, enableUnauthedSync: false });

function guarded(handler: typeof sdk.POST) {
  return async (request: Request, context: unknown): Promise<Response> => {
    const passed = guard(request, env.INNGEST_DEV === undefined);
    return passed instanceof Response ? passed : handler(new NextRequest(passed), context);
  };
}

// Other methods answer 405 (reliability P46).
export const GET = guarded(sdk.GET);
export const POST = guarded(sdk.POST);
export const PUT = guarded(sdk.PUT);
