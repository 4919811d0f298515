import { Inngest } from "inngest";
import { z } from "zod";
import { silent } from "./test-app";

export const client = new Inngest({ id: "test", logger: silent });

/** What a test makes the functions do. */
export const script: {
  fail: (what: string) => void;
  pause: (tenant: string) => Promise<void>;
  minutely: boolean;
} = {
  fail: () => undefined,
  pause: () => Promise.resolve(),
  minutely: false,
};

/** What the functions below did, in order. */
export const done: string[] = [];

const tell = (what: string) => {
  done.push(what);
  script.fail(what);
  return what;
};

const onEvent = (name: string, extra: object = {}) => ({
  id: name,
  triggers: [{ event: `test/${name}` }],
  ...extra,
});
const said = (event: { data: object }, what: string) =>
  z.record(z.string(), z.string()).parse(event.data)[what] ?? "";

export const functions = [
  client.createFunction(onEvent("steps"), async ({ event, step }) => {
    const one = await step.run("one", () => tell(`one ${said(event, "word")}`));
    await step.sleep("a nap", "2h");
    const two = await step.run("two", () => tell(`two after ${one}`));
    return two;
  }),
  client.createFunction(
    onEvent("retried", {
      retries: 2,
      onFailure: ({ error }: { error: Error }) => {
        tell(`gave up: ${error.message}`);
      },
    }),
    async ({ step }) => {
      await step.run("before", () => tell("before"));
      await step.run("shaky", () => tell("shaky"));
      tell("end");
    },
  ),
  client.createFunction(onEvent("caught", { retries: 0 }), async ({ step }) => {
    const word = await step
      .run("shaky", () => tell("shaky"))
      .catch((error: unknown) => `caught ${String(error)}`);
    await step.run("after", () => tell(word));
  }),
  client.createFunction(onEvent("parallel", { retries: 1 }), async ({ step }) => {
    const words = await Promise.all([
      step.run("left", () => tell("left")),
      step.run("shaky", () => tell("shaky")),
      step.run("right", () => tell("right")),
    ]);
    await step.run("join", () => tell(words.join("+")));
  }),
  client.createFunction(onEvent("fan-out"), async ({ step }) => {
    const tenants = ["a", "a", "b", "b", "c", "c"];
    await step.sendEvent(
      "tell each",
      tenants.map((tenantId, n) => ({ name: "test/child", id: `child ${String(n)}`, data: { tenantId } })),
    );
  }),
  client.createFunction(
    onEvent("child", { concurrency: { limit: 1, key: "event.data.tenantId" } }),
    async ({ event, step }) => {
      await step.run("work", () => script.pause(said(event, "tenantId")));
      tell(`child ${said(event, "tenantId")}`);
    },
  ),
  client.createFunction(onEvent("once-a-day", { idempotency: "event.data.key" }), ({ event }) =>
    tell(`key ${said(event, "key")}`),
  ),
  client.createFunction(onEvent("waits-for-event"), async ({ step }) => {
    await step.waitForEvent("never", { event: "test/other", timeout: "1h" });
  }),
  client.createFunction({ id: "minute", triggers: [{ cron: "* * * * *" }] }, () => {
    if (script.minutely) tell("minute");
  }),
  client.createFunction({ id: "kolkata", triggers: [{ cron: "TZ=Asia/Kolkata 0 0 * * *" }] }, ({ event }) => {
    if (script.minutely) tell(`midnight ${new Date(event.ts).toISOString().slice(11, 16)}`);
  }),
];
