import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { root } from "@/server/launch/root";

const compress = promisify(brotliCompress);
// No part of the path begins with a dot, so none leads out of the folder.
const scriptOrStyle = /^\/_next\/static\/((?:[\w~-][\w.~-]*\/)*[\w~-][\w.~-]*\.(js|css))$/;
const types = { js: "application/javascript; charset=UTF-8", css: "text/css; charset=UTF-8" };
/** Smaller than gzip in twice its time; the next steps take seconds for what a build needs. */
const quality = 5;
const takesBrotli = /(?:^|[\s,])br\s*(?:,|$)/;

type Answer = (path: string, req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

/**
 * Scripts and styles of the pages, compressed once: Next would do so again for every visitor, on the core that also renders.
 * The answer is false when a request is not for one, or does not take Brotli; then it is Next's.
 */
export function staticFiles(folder = join(root, ".next", "static")): Answer {
  // A build has some dozens, a megabyte in all, and what changes has another name: none is ever dropped.
  const files = new Map<string, Promise<Buffer>>();
  const compressed = (name: string) => {
    const known = files.get(name);
    if (known) return known;
    const made = readFile(join(folder, name)).then((file) =>
      compress(file, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: quality,
          [constants.BROTLI_PARAM_SIZE_HINT]: file.length,
        },
      }),
    );
    files.set(name, made);
    made.catch(() => files.delete(name));
    return made;
  };
  return async (path, req, res) => {
    const [, name, ending] = scriptOrStyle.exec(path) ?? [];
    const isRead = req.method === "GET" || req.method === "HEAD";
    if (name === undefined || !isRead || !takesBrotli.test(req.headers["accept-encoding"] ?? ""))
      return false;
    const body = await compressed(name).catch(() => null);
    if (body === null) return false;
    res.writeHead(200, {
      "content-type": ending === "css" ? types.css : types.js,
      "content-encoding": "br",
      "content-length": body.length,
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      vary: "Accept-Encoding",
    });
    res.end(req.method === "HEAD" ? undefined : body);
    return true;
  };
}
