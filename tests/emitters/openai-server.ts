import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface OpenAiServer {
  /** As in OPENAI_BASE_URL. */
  url: string;
  stop(): Promise<void>;
}

/** Answers the OpenAI client's chat calls on this machine, in the form of OpenAI's own answers. */
export async function startOpenAi(): Promise<OpenAiServer> {
  const server = createServer((req, res) => {
    req.resume().on("end", () => {
      res.writeHead(200, { "content-type": "application/json" });
      res.end(JSON.stringify(completion));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const completion = {
  id: "chatcmpl-CfN0openllmetry",
  object: "chat.completion",
  created: 1_795_218_713,
  model: "gpt-4o-mini-2024-07-18",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "CANARY-completion-text", refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: "stop",
    },
  ],
  usage: {
    prompt_tokens: 2_400,
    completion_tokens: 320,
    total_tokens: 2_720,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  },
  service_tier: "default",
  system_fingerprint: "fp_560af6e559",
};
