import { z } from "zod";
import { readJsonAnswer, type Refusals } from "./json-answer";
import { askOutside } from "./outbound";
import { outboundRules } from "./outbound-rules";

export interface LangfuseAccess {
  baseUrl: string;
  publicKey: string;
  secretKey: string;
}

export interface ObservationsQuestion {
  type: "GENERATION" | "EMBEDDING";
  /** By when an observation started: from inclusive, to exclusive. */
  from: Date;
  to: Date;
  /** At most 1,000. */
  limit: number;
  cursor: string | null;
}

export interface ObservationsPage {
  /** Unchecked, each by itself: one odd row must not cost the page. */
  rows: unknown[];
  /** Null after the last page. */
  cursor: string | null;
}

const Page = z.object({
  data: z.array(z.unknown()).max(1_000),
  meta: z.object({ cursor: z.string().min(1).max(4_000).nullish() }).nullish(),
});

const refusals: Refusals = {
  credentials: "Langfuse refuses these keys. Check that both belong to the same project and region.",
  missing:
    "There is no Langfuse with the v2 API at this address. Self-hosted Langfuse has it from version 4 on.",
  refused: (said) => `Langfuse refused the question${said === null ? "." : `: ${said}`}`,
};

// Everything but input and output: prompts and completions stay where they are.
const fields = "basic,time,model,usage,prompt,metadata,trace_context";

/** A page of the observations (API v2). @throws OutboundFailure */
export async function listObservations(
  access: LangfuseAccess,
  question: ObservationsQuestion,
): Promise<ObservationsPage> {
  const query = new URLSearchParams({
    type: question.type,
    fromStartTime: question.from.toISOString(),
    toStartTime: question.to.toISOString(),
    fields,
    expandMetadata: "feature",
    limit: String(question.limit),
    ...(question.cursor !== null && { cursor: question.cursor }),
  });
  const answer = await askOutside(
    {
      baseUrl: access.baseUrl,
      path: `/api/public/v2/observations?${query}`,
      method: "GET",
      headers: {
        authorization: `Basic ${Buffer.from(`${access.publicKey}:${access.secretKey}`).toString("base64")}`,
      },
    },
    outboundRules,
  );
  const page = readJsonAnswer("Langfuse", answer, Page, refusals);
  return { rows: page.data, cursor: page.meta?.cursor ?? null };
}
