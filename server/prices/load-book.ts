import { withJobs } from "@/server/db";
import { PriceBook } from "./book";
import { keepBook, type LoadBook } from "./keep-book";
import { listVersions, readStamp } from "./queries";

/** The book as the database has it; the known one again if nothing was added since. */
export const loadBook: LoadBook = (known) =>
  withJobs(async (db) => {
    const stamp = await readStamp(db);
    if (known?.stamp === stamp) return known;
    return new PriceBook(await listVersions(db), stamp);
  });

/** The process's book for pricing a call that arrives `now`. */
export const currentBook = keepBook(loadBook);
