interface StreamOptions {
  /** Told what broke the file off; its reader learns only that it broke. */
  onError: (error: unknown) => void;
}

/**
 * Bytes as the body of an answer, made only as fast as they are read. An error midway errors the stream, for a file that ends
 * cleanly is taken for a whole one.
 */
export function fileStream(
  chunks: AsyncIterable<Uint8Array>,
  { onError }: StreamOptions,
): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  let isLeft = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next();
          if (next.done === true) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          if (isLeft) return;
          onError(error);
          controller.error(error);
        }
      },
      async cancel() {
        isLeft = true;
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
