/**
 * What matters of how the `openai` and `@anthropic-ai/sdk` packages are made (both by Stainless): private fields, a promise
 * that reads its answer only when asked to, streams that hand out one iterator and end quietly when aborted.
 */

/** A promise of theirs: nothing is read of the answer until somebody asks for it parsed. */
export class ApiPromise<T> extends Promise<T> {
  #client: object;
  private parsedPromise: Promise<T> | undefined;

  constructor(
    client: object,
    private readonly responsePromise: Promise<Response>,
    private readonly parseResponse: (response: Response) => Promise<T>,
  ) {
    super((resolve) => resolve(null as T));
    this.#client = client;
  }

  static override get [Symbol.species]() {
    return Promise;
  }

  _thenUnwrap<U>(transform: (data: T) => U): ApiPromise<U> {
    return new ApiPromise(this.#client, this.responsePromise, async (response) =>
      transform(await this.parseResponse(response)),
    );
  }

  asResponse(): Promise<Response> {
    return this.responsePromise;
  }

  async withResponse(): Promise<{ data: T; response: Response }> {
    const [data, response] = await Promise.all([this.parse(), this.asResponse()]);
    return { data, response };
  }

  private parse(): Promise<T> {
    return (this.parsedPromise ??= this.responsePromise.then(this.parseResponse));
  }

  override then<A = T, B = never>(
    onDone?: ((value: T) => A | PromiseLike<A>) | null,
    onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.parse().then(onDone, onFailed);
  }

  override catch<B = never>(onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.parse().catch(onFailed);
  }
}

export class SdkStream<Item> implements AsyncIterable<Item> {
  readonly controller = new AbortController();
  private readonly iterator: () => AsyncIterator<Item>;

  constructor(items: readonly Item[], failure?: Error) {
    const { controller } = this;
    this.iterator = async function* () {
      for (const item of items) {
        await Promise.resolve();
        if (controller.signal.aborted) return;
        yield item;
      }
      if (failure) throw failure;
    };
  }

  [Symbol.asyncIterator](): AsyncIterator<Item> {
    return this.iterator();
  }

  tee(): [AsyncIterable<Item>, AsyncIterable<Item>] {
    const queues: Promise<IteratorResult<Item>>[][] = [[], []];
    const iterator = this.iterator();
    const branch = (own: number): AsyncIterable<Item> => ({
      [Symbol.asyncIterator]: () => ({
        next: () => {
          const queue = queues[own] ?? [];
          if (queue.length === 0) {
            const result = iterator.next();
            for (const each of queues) each.push(result);
          }
          return queue.shift() ?? iterator.next();
        },
      }),
    });
    return [branch(0), branch(1)];
  }
}

export class RateLimitError extends Error {
  readonly status = 429;
}
export class APIConnectionTimeoutError extends Error {
  readonly isTimeout = true;
}

interface Body {
  model: string;
  stream?: boolean;
  [name: string]: unknown;
}
/** What the provider answers: a body, chunks for a stream, or a failure. */
export interface Script {
  answer?: unknown;
  chunks?: unknown[];
  failure?: Error;
  streamFailure?: Error;
}

class Resource {
  constructor(protected readonly _client: SdkClient) {}
}

class Completions extends Resource {
  create(body: Body): ApiPromise<unknown> {
    return this._client.post(body);
  }
  parse(body: Body): ApiPromise<unknown> {
    return this._client.chat.completions
      .create(body)
      ._thenUnwrap((data) => ({ ...(data as object), parsed: true }));
  }
  /** A helper, as `openai` has it: calls through the client. */
  async stream(body: Body): Promise<unknown[]> {
    const seen: unknown[] = [];
    const stream = (await this._client.chat.completions.create({
      ...body,
      stream: true,
    })) as AsyncIterable<unknown>;
    for await (const chunk of stream) seen.push(chunk);
    return seen;
  }
}

class Messages extends Resource {
  create(body: Body): ApiPromise<unknown> {
    return this._client.post(body);
  }
  /** A helper, as Anthropic's package has it: calls through itself. */
  async stream(body: Body): Promise<unknown[]> {
    const seen: unknown[] = [];
    const { data } = await this.create({ ...body, stream: true }).withResponse();
    for await (const event of data as AsyncIterable<unknown>) seen.push(event);
    return seen;
  }
}

/** A client of either package, whose provider follows the script. */
export class SdkClient {
  #key = "sk-secret";
  asked: Body[] = [];
  baseURL: string;
  chat: { completions: Completions };
  responses: { create: (body: Body) => ApiPromise<unknown> };
  embeddings: { create: (body: Body) => ApiPromise<unknown> };
  messages: Messages;

  constructor(
    private readonly script: Script,
    baseURL = "https://api.openai.com/v1",
  ) {
    this.baseURL = baseURL;
    this.chat = { completions: new Completions(this) };
    this.responses = { create: (body) => this.post(body) };
    this.embeddings = { create: (body) => this.post(body) };
    this.messages = new Messages(this);
  }

  withOptions(baseURL: string): SdkClient {
    return new SdkClient(this.script, baseURL);
  }

  post(body: Body): ApiPromise<unknown> {
    if (this.#key === "") throw new Error("no key");
    this.asked.push(body);
    const { answer, chunks, failure, streamFailure } = this.script;
    const sent = failure ? Promise.reject(failure) : Promise.resolve(Response.json(answer ?? {}));
    return new ApiPromise<unknown>(this, sent, async (response) =>
      body.stream ? new SdkStream(chunks ?? [], streamFailure) : ((await response.json()) as unknown),
    );
  }
}
