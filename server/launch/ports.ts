import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { LaunchError, systemCode } from "./failure";
import { writeWhole } from "./write-whole";

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

const portFile = (dataFolder: string) => join(dataFolder, "database-port");

/** The embedded database's port of the last start, as BI tools were told it; a free one if it is not free any more. */
export async function usualPort(dataFolder: string): Promise<number> {
  const known = readPort(portFile(dataFolder));
  if (known === undefined) return freePort();
  return listenOnce(known, "127.0.0.1").catch(() => freePort());
}

/** Remembers the port for the next start. */
export function keepPort(dataFolder: string, port: number): void {
  if (readPort(portFile(dataFolder)) !== port) writeWhole(portFile(dataFolder), `${port}\n`);
}

function readPort(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, "utf8"));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return undefined;
    throw error;
  }
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
