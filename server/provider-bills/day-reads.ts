import { settledAfterMs } from "./schemas";

export interface DayRead {
  pullId: string;
  stream: string;
  day: string;
  readAt: Date;
  digest: string;
  /** What a file tells: charges, or tokens alone; null for reads of a connection. */
  fileKind: "cost" | "usage" | null;
  /** A file that came after the provider's invoice. */
  isSettled: boolean;
}

export interface DayState {
  /** Whose lines count: one pull of each stream. */
  pulls: string[];
  /** The pulls whose lines were final before the provider changed them, in the same order; null where it did not. */
  before: (string | null)[];
  /** The newest reads say what others said a day before or longer. */
  isFinal: boolean;
  /** A day that was final says something else now. */
  isCorrected: boolean;
  readAt: Date;
}

/**
 * What the reads of one day come to. Reads of connections go before those of connections that are gone, and these before
 * files: the same bill read in two ways is one bill. Files of usage go with files of charges, and are no bill without them.
 * @param live ids of the connections that there are
 * @returns null when the day was never read
 */
export function stateOfDay(reads: readonly DayRead[], live: ReadonlySet<string>): DayState | null {
  const streamsOf = (some: readonly DayRead[]) => [...new Set(some.map(({ stream }) => stream))].sort();
  const files = reads.filter(({ fileKind }) => fileKind !== null);
  const streams = streamsOf(reads.filter(({ fileKind }) => fileKind === null));
  const own = streams.filter((stream) => live.has(stream));
  const gone = streams.filter((stream) => !live.has(stream));
  const chosen = own.length > 0 ? own : gone.length > 0 ? [newestOf(gone, reads)] : streamsOf(files);
  const states = chosen.map((stream) => ofStream(reads.filter((read) => read.stream === stream)));
  const bills = states.filter(({ newest }) => newest.fileKind !== "usage");
  if (bills.length === 0) return null;
  return {
    pulls: states.map(({ newest }) => newest.pullId),
    before: states.map(({ settled, newest }) =>
      settled && settled.digest !== newest.digest ? settled.pullId : null,
    ),
    isFinal: bills.every(({ isFinal }) => isFinal),
    isCorrected: bills.some(({ settled, newest }) => settled !== null && settled.digest !== newest.digest),
    readAt: states.map(({ newest }) => newest.readAt).reduce((one, other) => (one < other ? other : one)),
  };
}

function newestOf(streams: readonly string[], reads: readonly DayRead[]): string {
  const latest = (stream: string) =>
    Math.max(...reads.filter((read) => read.stream === stream).map(({ readAt }) => readAt.getTime()));
  return streams.reduce((one, other) => (latest(other) > latest(one) ? other : one));
}

function ofStream(reads: readonly DayRead[]) {
  const inOrder = [...reads].sort((one, other) => one.readAt.getTime() - other.readAt.getTime());
  const [first] = inOrder;
  if (!first) throw new Error("a stream without reads is no stream");
  let run = first;
  let settled: DayRead | null = null;
  let newest = first;
  for (const read of inOrder) {
    if (read.digest !== run.digest) run = read;
    if (settled === null && isSettledBy(read, run)) settled = read;
    newest = read;
  }
  return { newest, settled, isFinal: isSettledBy(newest, run) };
}

/** @param run the first of the reads in a row that say the same */
function isSettledBy(read: DayRead, run: DayRead): boolean {
  return read.isSettled || run.isSettled || read.readAt.getTime() - run.readAt.getTime() >= settledAfterMs;
}
