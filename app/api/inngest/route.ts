import { serve } from "inngest/next";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/index";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

// Other methods answer 405 (reliability P46). An unsigned sync would register whatever host the caller names.
export const { GET, POST, PUT } = serve({ client: inngest, functions, enableUnauthedSync: false });
