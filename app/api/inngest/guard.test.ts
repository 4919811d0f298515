import { expect, it } from "vitest";
import { guard, maxBodyBytes } from "./guard";

const url = "http://localhost/api/inngest";
const signed = { "x-inngest-signature": "t=1&s=2" };

/** A body that comes in pieces and does not say how long it is. */
function streamed(bytes: number): Request {
  const piece = new Uint8Array(1024 * 1024);
  let left = bytes;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left <= 0) controller.close();
      else controller.enqueue(piece.subarray(0, Math.min(left, piece.length)));
      left -= piece.length;
    },
  });
  const init: RequestInit & { duplex: "half" } = { method: "POST", headers: signed, body, duplex: "half" };
  return new Request(url, init);
}

it("turns callers without a signature away unread, except under a development server", () => {
  const request = () => new Request(url, { method: "POST", body: "{}" });
  expect(guard(request(), true)).toMatchObject({ status: 401 });
  expect(guard(request(), false)).toBeInstanceOf(Request);
});

it("refuses a body that says it is too large", () => {
  const headers = { ...signed, "content-length": String(maxBodyBytes + 1) };
  expect(guard(new Request(url, { method: "POST", headers, body: "{}" }), true)).toMatchObject({
    status: 413,
  });
});

it("breaks off a body that turns out to be too large, and hands on one that fits", async () => {
  const read = async (bytes: number) => (await guard(streamed(bytes), true).arrayBuffer()).byteLength;
  expect(await read(maxBodyBytes)).toBe(maxBodyBytes);
  await expect(read(maxBodyBytes + 1)).rejects.toThrow("too large");
});
