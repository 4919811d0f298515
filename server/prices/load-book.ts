import { withJobs } from "@/server/db";
import { PriceBook } from "./book";
import { listVersions, readStamp } from "./queries";

export type LoadBook = (known: PriceBook | null) => Promise<PriceBook>;

/** The book as the database has it; the known one again if nothing was added since. */
export const loadBook: LoadBook = (known) =>
  withJobs(async (db) => {
    const stamp = await readStamp(db);
    if (known?.stamp === stamp) return known;
    return new PriceBook(await listVersions(db), stamp);
  });

/** How long a process may price by a book that it has not looked up again. */
export const refreshAfterMs = 60_000;

/**
 * A process's book, at most a minute old. Callers who find it older wait for one shared look-up; when that fails they
 * fail, rather than price by a book of unknown age.
 */
export function keepBook(load: LoadBook): (now: Date) => Promise<PriceBook> {
  let book: PriceBook | null = null;
  let checkedAt = -Infinity;
  let loading: Promise<PriceBook> | null = null;

  const refresh = async (now: Date): Promise<PriceBook> => {
    try {
      book = await load(book);
      checkedAt = now.getTime();
      return book;
    } finally {
      loading = null;
    }
  };

  return async (now) => {
    if (book && now.getTime() - checkedAt < refreshAfterMs) return book;
    loading ??= refresh(now);
    return loading;
  };
}

export const currentBook = keepBook(loadBook);
