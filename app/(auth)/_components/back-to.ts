/** Where a form leads afterwards: a path of ours, never another site's. */
export function safePath(wanted: string | string[] | undefined, otherwise: string): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return otherwise;
  // The browser reads "//host" and "/\host" as another site; what it makes of the text is what counts.
  const base = "http://here.invalid";
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : null;
  return url?.origin === base && !url.pathname.startsWith("//")
    ? `${url.pathname}${url.search}${url.hash}`
    : otherwise;
}
