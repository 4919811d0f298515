export interface Facts {
  bytesRead: number;
  bytesTotal: number;
  rowsRead: number;
  /** Both by the clock of the process that imports. */
  startedAt: Date;
  progressedAt: Date;
}

export interface Pace {
  /** Of 1; null while the size of the file is not known. The whole is for an import that has ended. */
  fraction: number | null;
  /** Null until there is something to go by. */
  rowsPerSecond: number | null;
  secondsLeft: number | null;
}

/** Less tells nothing: the first batches pay for what later ones find warm. */
const leastMs = 1_000;
/** The reader looks ahead, so that all bytes may be read while the last rows are still on their way. */
const mostWhileRunning = 0.99;

/** How far and how fast a running import is. */
export function paceOf({ bytesRead, bytesTotal, rowsRead, startedAt, progressedAt }: Facts): Pace {
  const share = bytesTotal > 0 ? Math.min(1, bytesRead / bytesTotal) : null;
  const elapsedMs = progressedAt.getTime() - startedAt.getTime();
  const isTelling = elapsedMs >= leastMs && rowsRead > 0;
  return {
    fraction: share === null ? null : Math.min(mostWhileRunning, share),
    rowsPerSecond: isTelling ? Math.round((rowsRead * 1_000) / elapsedMs) : null,
    secondsLeft:
      isTelling && share !== null && share > 0 ? Math.ceil((elapsedMs * (1 - share)) / share / 1_000) : null,
  };
}
