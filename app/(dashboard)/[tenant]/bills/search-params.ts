import { createLoader, parseAsString } from "nuqs/server";

/** Which bill is looked at; without, the newest month of the first provider. `day` is opened line by line. */
export const billParams = {
  provider: parseAsString.withOptions({ history: "push" }),
  month: parseAsString.withOptions({ history: "push" }),
  day: parseAsString.withOptions({ history: "push", scroll: false }),
};

export const loadBillParams = createLoader(billParams);
