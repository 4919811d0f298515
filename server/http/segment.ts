import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError, isDomainError } from "@/server/errors";
import { maxBatchBytes, maxMessageBytes, receiveSegment } from "@/server/usage/receive-segment";
import type { SegmentType } from "@/server/usage/segment";
import { keyContext } from "./key-context";
import { answerPost } from "./raw-door";
import { readBody } from "./read-body";

/**
 * `/v1/track`, `/v1/identify`, `/v1/batch` and their kin, for senders that speak Segment's protocol. They go by the status
 * alone and send again on 5xx only, so a request of which anything was refused is a 400 that tells what.
 * @param type undefined for a batch
 */
export const handleSegment =
  (type: SegmentType | undefined) =>
  (req: IncomingMessage, res: ServerResponse): Promise<void> =>
    answerPost(req, res, async ({ requestId }) => {
      const ctx = await keyContext(req, "usage:write", requestId);
      const body = await bodyOf(req, type === undefined ? maxBatchBytes : maxMessageBytes);
      const { rejected, ...counts } = await receiveSegment(ctx, { body, type });
      const [first] = rejected;
      if (!first) return { status: 200, body: { success: true, ...counts } };
      const where = type === undefined ? `batch.${String(first.index)}: ` : "";
      const message = `${where}${first.field === null ? "" : `${first.field} `}${first.message}`;
      return {
        status: 400,
        body: { success: false, error: { message, code: "BAD_REQUEST" }, ...counts, rejected },
      };
    });

/** Too large is a 400 in this protocol. */
async function bodyOf(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  try {
    return await readBody(req, { maxBytes, maxInflatedBytes: maxBytes });
  } catch (error) {
    if (isDomainError(error) && error.code === "PAYLOAD_TOO_LARGE")
      throw new DomainError("INVALID_INPUT", `The body is larger than ${String(maxBytes / 1024)} KB.`);
    throw error;
  }
}
