import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Handler = (request: Request, context: unknown) => Promise<Response>;

/** The route's handlers as Next calls them, without Next. */
export async function serveRoute(route: object): Promise<{ url: string; close: () => void }> {
  const handlers = new Map<string, Handler>(
    Object.entries(route).filter((entry): entry is [string, Handler] => typeof entry[1] === "function"),
  );
  const server = createServer((incoming, response) => {
    const handle = async () => {
      const body = incoming.method === "GET" ? null : Buffer.concat((await incoming.toArray()) as Buffer[]);
      const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
      // By its own address: the SDK tells the server where it was found.
      const url = `http://${incoming.headers.host ?? "localhost"}${incoming.url ?? ""}`;
      const request = new Request(url, { method: incoming.method ?? "GET", headers, body });
      const answer = await handlers.get(request.method)?.(request, {});
      response.writeHead(answer?.status ?? 405, answer && Object.fromEntries(answer.headers)).end(await answer?.text());
    };
    handle().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
} // prettier-ignore
