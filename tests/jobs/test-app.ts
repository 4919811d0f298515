import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/node";

export const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** An app that serves functions through the real SDK, as app/api/inngest does. */
export async function startTestApp(client: Inngest.Any, functions: InngestFunction.Any[]) {
  const server = createServer(serve({ client, functions, enableUnauthedSync: false }));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A promise that somebody else fulfils. */
export function signal() {
  let fulfil = () => {};
  const reached = new Promise<void>((resolve) => {
    fulfil = resolve;
  });
  return { reached, fulfil };
}
