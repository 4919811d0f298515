import { at } from "@/server/provider-usage/fields";
import type { Call } from "./api";
import { failureFacts } from "./failure";
import { responseFacts } from "./responses";
import { StreamFacts, type StreamEnd, watchIterator } from "./streams";

/** What is done with a client's methods, by their path. */
export interface Methods {
  /**
   * call: makes one call of a model. helper: makes calls by others of these methods, which it finds by its `this`.
   * client: returns a client like this one.
   */
  [name: string]: "call" | "helper" | "client" | Methods;
}

const completions: Methods = { create: "call", parse: "call", stream: "helper", runTools: "helper" };
export const openAiMethods: Methods = {
  chat: { completions },
  beta: { chat: { completions } },
  completions: { create: "call" },
  responses: { create: "call", parse: "call", stream: "helper" },
  embeddings: { create: "call" },
  withOptions: "client",
};
const messages: Methods = { create: "call", parse: "call", stream: "helper", toolRunner: "helper" };
export const anthropicMethods: Methods = { messages, beta: { messages }, withOptions: "client" };

/** Takes a finished attempt, with the body of its request. Must not throw. */
export type Report = (call: Call, body: unknown) => void;

type Method = (...args: unknown[]) => unknown;

/** The client as it is, but for the methods that make calls. */
export function wrapClient<T extends object>(client: T, methods: Methods, report: Report): T {
  const root: T = wrapPart(client, methods, report, methods, () => root);
  return root;
}

function wrapPart<T extends object>(
  part: T,
  here: Methods,
  report: Report,
  all: Methods,
  root: () => object,
): T {
  return new Proxy(part, {
    get(target, name, proxy) {
      // The target itself as receiver: clients keep private fields, which a proxy does not have.
      const value: unknown = Reflect.get(target, name, target);
      const kind = typeof name === "string" && Object.hasOwn(here, name) ? here[name] : undefined;
      if (typeof value === "function" && name !== "constructor") {
        const method = value as Method;
        if (kind === "call") return watched(method.bind(target), report);
        if (kind === "helper") return method.bind(proxy);
        if (kind === "client")
          return (...args: unknown[]) => wrapClient(method.apply(target, args) as object, all, report);
        return isFixed(target, name) ? value : method.bind(target);
      }
      if (typeof value !== "object" || value === null || isFixed(target, name)) return value;
      if (name === "_client") return root();
      return typeof kind === "object" ? wrapPart(value, kind, report, all, root) : value;
    },
  });
}

/** Of a frozen property a proxy must not show anything else. */
function isFixed(target: object, name: string | symbol): boolean {
  const own = Reflect.getOwnPropertyDescriptor(target, name);
  return own?.configurable === false && own.writable === false;
}

function watched(method: Method, report: Report): Method {
  return (...args) => {
    const startedAt = Date.now();
    const [body] = args;
    const asked = at(body, "model");
    const done = (call: Call) => {
      const latencyMs = Date.now() - startedAt;
      const model = call.model ?? (typeof asked === "string" ? asked : undefined);
      report({ ...call, model, occurredAt: new Date(startedAt), latencyMs }, body);
    };
    let made: unknown;
    try {
      made = method(...args);
    } catch (error) {
      done(failureFacts(error));
      throw error;
    }
    return watchPromise(made, done);
  };
}

/**
 * The SDKs return a promise with more to it (withResponse()), which reads the answer when asked to: the same promise is
 * handed on, and what it reads is watched. Of a plain promise one that follows it is handed on.
 */
function watchPromise(made: unknown, done: (call: Call) => void): unknown {
  const settled = (promise: PromiseLike<unknown>) =>
    promise.then(
      (value) => watchValue(value, done),
      (error: unknown) => {
        done(failureFacts(error));
        throw error;
      },
    );
  const parse = at(made, "parse");
  if (typeof parse === "function") {
    let parsed: PromiseLike<unknown> | undefined;
    const own = parse.bind(made) as () => PromiseLike<unknown>;
    Object.defineProperty(made, "parse", { configurable: true, value: () => (parsed ??= settled(own())) });
    return made;
  }
  return typeof at(made, "then") === "function" ? settled(made as PromiseLike<unknown>) : made;
}

function watchValue(value: unknown, done: (call: Call) => void): unknown {
  const isStream = typeof value === "object" && value !== null && Symbol.asyncIterator in value;
  if (isStream) watchStream(value as AsyncIterable<unknown>, done);
  else done(responseFacts(value));
  return value;
}

function watchStream(stream: AsyncIterable<unknown>, done: (call: Call) => void): void {
  const facts = new StreamFacts();
  // An abort ends the SDKs' streams without an error, as if all had been read.
  const isAborted = () => at(at(at(stream, "controller"), "signal"), "aborted") === true;
  const end = (how: StreamEnd) => {
    if (how.how === "failed") done({ ...facts.call, ...failureFacts(how.error) });
    // Left half-way: the provider bills what it made, and how much that was it has not said.
    else done({ ...facts.call, ...((how.how === "left" || isAborted()) && { billed: "unknown" }) });
  };
  const see = (chunk: unknown) => facts.see(chunk);
  // The SDKs' streams make their iterators here, for tee() and toReadableStream() as well.
  const name = typeof at(stream, "iterator") === "function" ? "iterator" : Symbol.asyncIterator;
  const original = (Reflect.get(stream, name) as () => AsyncIterator<unknown>).bind(stream);
  Object.defineProperty(stream, name, {
    configurable: true,
    value: () => watchIterator(original(), see, end),
  });
}
