import type { PriceBook } from "./book";

export type LoadBook = (known: PriceBook | null) => Promise<PriceBook>;

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
