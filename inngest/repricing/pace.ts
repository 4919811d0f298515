/** Chunks of one step: some ten seconds, after which the rest of the machine gets its turn. */
export const chunksInStep = 20;
/** Steps of one run; what is left goes on in the next, whose history of steps is empty again. */
export const maxSteps = 50;
