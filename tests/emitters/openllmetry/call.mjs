// OpenLLMetry around the OpenAI client; TRACELOOP_BASE_URL, TRACELOOP_API_KEY and OPENAI_BASE_URL say where both send.
import * as traceloop from "@traceloop/node-server-sdk";
import { OpenAI } from "openai";

traceloop.initialize({
  appName: "shop",
  logLevel: "warn",
  silenceInitializationMessage: true,
  traceloopSyncEnabled: false,
  instrumentModules: { openAI: OpenAI },
});
const openai = new OpenAI();

await traceloop.withAssociationProperties(
  { user_id: process.env.EMITTER_USER, feature: "catalogue", prompt_id: "describe-product" },
  () =>
    traceloop.withWorkflow({ name: "describe_product" }, () =>
      openai.chat.completions.create({
        model: "gpt-4o-mini",
        messages: [{ role: "user", content: "CANARY-prompt-text" }],
      }),
    ),
);
await traceloop.forceFlush();
