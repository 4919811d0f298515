/**
 * Where the browser goes after signing in or out: our own origin, whatever the link said. next-auth's own rule is the same,
 * but throws, and so answers 500, on what is no URL at all.
 */
export function safeRedirect({ url, baseUrl }: { url: string; baseUrl: string }): string {
  if (!URL.canParse(url, baseUrl)) return baseUrl;
  const target = new URL(url, baseUrl);
  return target.origin === new URL(baseUrl).origin ? target.toString() : baseUrl;
}
