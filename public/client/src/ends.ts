interface Process {
  pid: number;
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
  kill(pid: number, signal: string): unknown;
  listenerCount(event: string): number;
}

export interface Flushable {
  pending(): number;
  flush(timeoutMs: number): Promise<boolean>;
  abandon(): void;
}

const longestEndMs = 5_000;

// One listener for all clients: apps that make one for each request must not fill the process with listeners.
const atExit = new Set<Flushable>();
const onSignal = new Set<Flushable>();

const flushOrAbandon = (queues: Set<Flushable>) =>
  Promise.all(
    [...queues].map(async (queue) => {
      if (!(await queue.flush(longestEndMs))) queue.abandon();
    }),
  );

function beforeExit(): void {
  // Node asks again after each round of work, until there is none.
  if ([...atExit].some((queue) => queue.pending() > 0)) void flushOrAbandon(atExit);
}

const signalled = (process: Process, signal: string) => () => {
  // Whoever else listens decides when the process ends; with nobody else, the signal does what it always does.
  void flushOrAbandon(onSignal).then(() => {
    hookSignals(process, false);
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  });
};

let signalListeners: [signal: string, listener: () => void][] = [];
function hookSignals(process: Process, isWanted: boolean): void {
  for (const [signal, listener] of signalListeners) process.off(signal, listener);
  signalListeners = isWanted
    ? ["SIGTERM", "SIGINT"].map((signal) => [signal, signalled(process, signal)])
    : [];
  for (const [signal, listener] of signalListeners) process.on(signal, listener);
}

/**
 * Sends what waits when the process has nothing else to do, and on signals if asked to. `process.exit()` gives nobody a
 * chance: `await close()` before it. Platforms without a process (edge) await flush() themselves.
 * @returns ends that
 */
export function flushAtTheEnd(queue: Flushable, isOnSignals: boolean): () => void {
  const process = (globalThis as { process?: Process }).process;
  if (typeof process?.on !== "function") return () => undefined;
  if (atExit.size === 0) process.on("beforeExit", beforeExit);
  atExit.add(queue);
  if (isOnSignals) {
    if (onSignal.size === 0) hookSignals(process, true);
    onSignal.add(queue);
  }
  return () => {
    atExit.delete(queue);
    if (atExit.size === 0) process.off("beforeExit", beforeExit);
    if (onSignal.delete(queue) && onSignal.size === 0) hookSignals(process, false);
  };
}
