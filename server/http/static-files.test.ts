import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { staticFiles } from "./static-files";

const script = "console.log('a screen');\n".repeat(200);
const place = mkdtempSync(join(tmpdir(), "static-files-"));
const folder = join(place, "static");
let server: Server;

beforeAll(async () => {
  mkdirSync(join(folder, "chunks"), { recursive: true });
  writeFileSync(join(folder, "chunks", "0a-b_c~1.js"), script);
  writeFileSync(join(folder, "chunks", "look.css"), "a{}");
  writeFileSync(join(folder, "chunks", "0a.js.map"), "{}");
  writeFileSync(join(place, "secret.js"), "secret");
  const answer = staticFiles(folder);
  server = createServer((req, res) => {
    void answer(req.url ?? "", req, res).then((isAnswered) => {
      if (!isAnswered) res.writeHead(404).end("next");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(place, { recursive: true });
});

interface Got {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** As it stands: fetch would tidy the path up. */
function get(path: string, encodings: string | null = "gzip, deflate, br", method = "GET"): Promise<Got> {
  const { port } = server.address() as AddressInfo;
  const headers = encodings === null ? {} : { "accept-encoding": encodings };
  return new Promise((resolve, reject) => {
    request({ port, path, method, headers, agent: false }, (res) => {
      const parts: Buffer[] = [];
      res.on("data", (part: Buffer) => parts.push(part));
      res.on("end", () =>
        resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(parts) }),
      );
    })
      .on("error", reject)
      .end();
  });
}

describe("scripts and styles of the pages", () => {
  test("come whole, compressed, and to be kept for good", async () => {
    for (const repeat of [1, 2]) {
      const { status, headers, body } = await get("/_next/static/chunks/0a-b_c~1.js");
      expect([repeat, status]).toEqual([repeat, 200]);
      expect(brotliDecompressSync(body).toString()).toBe(script);
      expect(headers).toMatchObject({
        "content-type": "application/javascript; charset=UTF-8",
        "content-encoding": "br",
        "content-length": String(body.length),
        "cache-control": "public, max-age=31536000, immutable",
        vary: "Accept-Encoding",
      });
    }
    expect((await get("/_next/static/chunks/look.css")).headers["content-type"]).toBe(
      "text/css; charset=UTF-8",
    );
  });

  test("are compressed once: what changes comes under another name", async () => {
    const file = join(folder, "chunks", "once.js");
    writeFileSync(file, "first");
    await get("/_next/static/chunks/once.js");
    writeFileSync(file, "second");
    expect(brotliDecompressSync((await get("/_next/static/chunks/once.js")).body).toString()).toBe("first");
  });

  test("answer HEAD without a body", async () => {
    const { status, headers, body } = await get("/_next/static/chunks/look.css", "br", "HEAD");
    expect({ status, length: body.length }).toEqual({ status: 200, length: 0 });
    expect(Number(headers["content-length"])).toBeGreaterThan(0);
  });

  test.each([
    ["no Brotli asked for", "/_next/static/chunks/look.css", "gzip, deflate", "GET"],
    ["Brotli refused", "/_next/static/chunks/look.css", "gzip, br;q=0", "GET"],
    ["no encoding named", "/_next/static/chunks/look.css", null, "GET"],
    ["another method", "/_next/static/chunks/look.css", "br", "POST"],
    ["no such file", "/_next/static/chunks/none.js", "br", "GET"],
    ["a file of another kind", "/_next/static/chunks/0a.js.map", "br", "GET"],
    ["a page", "/demo/overview", "br", "GET"],
    ["a way out of the folder", "/_next/static/../secret.js", "br", "GET"],
    ["a way out further down", "/_next/static/chunks/../../secret.js", "br", "GET"],
    ["a way out in code", "/_next/static/%2e%2e/secret.js", "br", "GET"],
    ["a way out by backslashes", "/_next/static/..\\secret.js", "br", "GET"],
    ["a zero byte", "/_next/static/chunks/look.css%00.js", "br", "GET"],
  ])("are left to Next: %s", async (_what, path, encodings, method) => {
    const { status, body } = await get(path, encodings, method);
    expect({ status, body: body.toString() }).toEqual({ status: 404, body: "next" });
  });

  test("are found when they come after they were missed", async () => {
    expect((await get("/_next/static/chunks/late.js")).status).toBe(404);
    writeFileSync(join(folder, "chunks", "late.js"), "late");
    expect(brotliDecompressSync((await get("/_next/static/chunks/late.js")).body).toString()).toBe("late");
  });
});
