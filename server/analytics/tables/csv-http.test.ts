import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
// What Next sends the answer of a route handler with.
import { pipeToNodeResponse } from "next/dist/server/pipe-readable";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Ctx } from "@/server/context";
import { csvOf } from "./csv";
import { defineTable, text } from "./table";

const facts = { from: "2026-11-01T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z", watermark: null };
const pageBytes = 500_000;
const rows = Array.from({ length: 500 }, () => "x".repeat(998));
const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

/** Serves a table of so many pages of half a megabyte; at page `failsAt` the database goes away. */
async function serve(pages: number, failsAt = Infinity) {
  const seen = { asked: 0, ended: false };
  const table = defineTable({
    right: "reports:read",
    input: z.strictObject({}),
    columns: () => [text<string>("text", (row) => row)],
    async *pages() {
      try {
        for (; seen.asked < pages; seen.asked += 1) {
          if (seen.asked === failsAt) throw new Error("gone");
          yield await Promise.resolve({ rows, ...facts });
        }
      } finally {
        seen.ended = true;
      }
    },
  });
  const server = createServer((_req, res) => {
    void csvOf(table.open({} as Ctx, {}), { bom: false, onError: () => undefined })
      .then(({ body }) => pipeToNodeResponse(body, res))
      .catch(() => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const [answer] = (await once(get({ port, host: "127.0.0.1" }), "response")) as [IncomingMessage];
  return { seen, answer };
}

/** How much of it came, and whether the reader can tell that it was all. */
async function read(answer: IncomingMessage, each: (received: number) => void = () => undefined) {
  let received = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      received += chunk.length;
      each(received);
    }
    return { received, isWhole: answer.complete };
  } catch {
    return { received, isWhole: false };
  }
}

describe("a table on its way to a reader", () => {
  it("arrives whole", async () => {
    const { answer } = await serve(3);
    expect(await read(answer)).toEqual({ received: "text\r\n".length + 3 * 500 * 1_000, isWhole: true });
  });

  it("is cut off for the reader to see when it breaks midway", async () => {
    const { answer, seen } = await serve(9, 4);
    expect(await read(answer)).toMatchObject({ isWhole: false });
    expect(seen.ended).toBe(true);
  });

  it("is not read far ahead of a slow reader", async () => {
    // What lies in the sockets of both ends and one page on either side of them.
    const mostAhead = 16_000_000;
    const { answer, seen } = await serve(120);
    let ahead = 0;
    await read(answer, (received) => {
      ahead = Math.max(ahead, seen.asked * pageBytes - received);
    });
    expect(seen.asked).toBe(120);
    expect(ahead).toBeLessThan(mostAhead);
  });

  it("is not made for a reader who left", async () => {
    const { answer, seen } = await serve(1_000);
    await once(answer, "readable");
    answer.destroy();
    await expect.poll(() => seen.ended).toBe(true);
    expect(seen.asked).toBeLessThan(100);
  });
});
