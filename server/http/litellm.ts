import type { IncomingMessage, ServerResponse } from "node:http";
import { receiveDelivery } from "@/server/inbox/receive";
import { keyContext } from "./key-context";
import { answerPost } from "./raw-door";
import { readBody } from "./read-body";

/** A flush of 512 calls with their prompts is mostly below 4 MB. */
const maxBytes = 16 * 1024 * 1024;

/** `/v1/litellm`: where LiteLLM's generic callback posts its log. */
export function handleLiteLlm(req: IncomingMessage, res: ServerResponse): Promise<void> {
  return answerPost(req, res, async ({ requestId }) => {
    const ctx = await keyContext(req, "calls:write", requestId);
    const body = await readBody(req, { maxBytes, maxInflatedBytes: maxBytes });
    return { status: 200, body: await receiveDelivery(ctx, { source: "litellm", body }) };
  });
}
