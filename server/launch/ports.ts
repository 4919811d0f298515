import { createServer } from "node:net";
import { LaunchError, systemCode } from "./failure";

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(port, host, () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("The system named no port."));
      });
    });
  });
}

/** A TCP port on the loopback address that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return listenOnce(0, "127.0.0.1");
}

/** @throws LaunchError saying which port, and how to choose another */
export async function requireFreePort(port: number, host: string): Promise<void> {
  try {
    await listenOnce(port, host);
  } catch (error) {
    throw portError(error, port);
  }
}

/** The sentence for a port that can't be listened on; any other error as it is. */
export function portError(error: unknown, port: number): Error {
  const code = systemCode(error);
  if (code === "EADDRINUSE")
    return new LaunchError(
      `Port ${port} is taken by another program; choose another one, for example PORT=${port + 1} npm start.`,
    );
  if (code === "EACCES")
    return new LaunchError(
      `Port ${port} is not open to ordinary users; choose one above 1024, for example PORT=3000 npm start.`,
    );
  return error instanceof Error ? error : new Error(String(error));
}
