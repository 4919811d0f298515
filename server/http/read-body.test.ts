import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isDomainError } from "@/server/errors";
import { readBody } from "./read-body";

const limits = { maxBytes: 100_000, maxInflatedBytes: 1_000_000 };
const server = createServer((req, res) => {
  readBody(req, limits).then(
    (body) => res.end(`${body.length}`),
    (error: unknown) => {
      res.setHeader("connection", "close");
      res.end(isDomainError(error) ? error.code : String(error));
    },
  );
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** In chunks and without a length, as the exporters of OpenTelemetry send. */
function send(body: Buffer, headers: Record<string, string> = {}): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method: "POST", headers, agent: false }, (res) => {
      let text = "";
      res.on("data", (chunk: Buffer) => (text += chunk.toString()));
      res.on("end", () => resolve(text));
    });
    sent.on("error", reject);
    for (let at = 0; at < body.length; at += 10_000) sent.write(body.subarray(at, at + 10_000));
    sent.end();
  });
}

const gzip = { "content-encoding": "gzip" };
const packed = gzipSync(Buffer.alloc(5_000, "x"));

describe("readBody", () => {
  it.each([
    ["nothing", Buffer.alloc(0), {}, "0"],
    ["plain", Buffer.alloc(5_000), {}, "5000"],
    ["identity", Buffer.alloc(5), { "content-encoding": "identity" }, "5"],
    ["gzip", packed, gzip, "5000"],
    ["gzip in capitals", packed, { "content-encoding": "GZIP" }, "5000"],
    ["as much as is allowed", Buffer.alloc(100_000), {}, "100000"],
    ["a byte more", Buffer.alloc(100_001), {}, "PAYLOAD_TOO_LARGE"],
    ["inflated to as much as is allowed", gzipSync(Buffer.alloc(1_000_000)), gzip, "1000000"],
    ["inflated to a byte more", gzipSync(Buffer.alloc(1_000_001)), gzip, "PAYLOAD_TOO_LARGE"],
    ["a bomb", gzipSync(Buffer.alloc(64_000_000)), gzip, "PAYLOAD_TOO_LARGE"],
    ["gzip that is none", Buffer.from("plain text"), gzip, "INVALID_INPUT"],
    ["gzip of nothing at all", Buffer.alloc(0), gzip, "INVALID_INPUT"],
    ["gzip cut short", packed.subarray(0, -9), gzip, "INVALID_INPUT"],
    ["gzip with a wrong checksum", Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)]), gzip, "INVALID_INPUT"],
    ["another encoding", Buffer.alloc(5), { "content-encoding": "br" }, "UNSUPPORTED_MEDIA"],
    ["gzip twice", Buffer.alloc(5), { "content-encoding": "gzip, gzip" }, "UNSUPPORTED_MEDIA"],
  ])("%s", async (_, body, headers, expected) => expect(await send(body, headers)).toBe(expected)); // prettier-ignore

  it("refuses a length that is too large before a byte of it has come", async () => {
    expect(await send(Buffer.alloc(0), { "content-length": "100001" }).catch(String)).toBe(
      "PAYLOAD_TOO_LARGE",
    );
  });
});
