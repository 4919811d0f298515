import { keepPreviousData } from "@tanstack/react-query";

/** Figures grow as the roll-up runs each minute; the old ones stay in sight until the new are there. */
export const live = { refetchInterval: 60_000, placeholderData: keepPreviousData } as const;
