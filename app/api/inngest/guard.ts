/** More than a run's state ever is: our steps return ids and counts. */
export const maxBodyBytes = 16 * 1024 * 1024;

/**
 * What the SDK leaves out: it reads a body whole, however large, before it looks at the signature, and writes an error
 * to the log for each caller without one.
 * @returns the request with a body that breaks off beyond the limit, or the refusal
 */
export function guard(request: Request, signatureNeeded: boolean): Request | Response {
  if (signatureNeeded && !request.headers.has("x-inngest-signature")) {
    return Response.json({ message: "Unauthorized" }, { status: 401 });
  }
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) {
    return Response.json({ message: "This body is too large." }, { status: 413 });
  }
  if (request.body === null) return request;
  let bytes = 0;
  const counted = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > maxBodyBytes) controller.error(new Error("This body is too large."));
        else controller.enqueue(chunk);
      },
    }),
  );
  const { url, method, headers } = request;
  // A streamed body needs `duplex`, which the DOM's types don't know yet.
  const init: RequestInit & { duplex: "half" } = { method, headers, body: counted, duplex: "half" };
  return new Request(url, init);
}
