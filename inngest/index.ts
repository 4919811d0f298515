import type { InngestFunction } from "inngest";

/** Every job there is: served to Inngest by app/api/inngest, and to the embedded runner by the very same route. */
export const functions: InngestFunction.Any[] = [];
