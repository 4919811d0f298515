const longestSeconds = 86_400;

/** Seconds that a Retry-After header asks for (RFC 9110: seconds or a date), at most a day; null when it says nothing. */
export function retryAfterSeconds(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? "";
  const seconds = /^\d{1,9}(\.\d+)?$/.test(text)
    ? Math.ceil(Number(text))
    : Math.ceil((Date.parse(/^[A-Za-z]{3},/.test(text) ? text : "") - now.getTime()) / 1000);
  if (!Number.isFinite(seconds)) return null;
  return Math.min(Math.max(seconds, 0), longestSeconds);
}
