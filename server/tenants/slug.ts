import { z } from "zod";

export const Slug = z
  .string()
  .max(48)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

const longest = 40;

/** First parts of paths that are not a tenant's. */
const reserved = new Set([
  "accept-invitation",
  "account",
  "admin",
  "api",
  "app",
  "docs",
  "favicon",
  "health",
  "help",
  "icon",
  "metrics",
  "new",
  "new-tenant",
  "pricing",
  "public",
  "reset-password",
  "robots",
  "settings",
  "sign-in",
  "sign-out",
  "sign-up",
  "static",
  "status",
  "v1",
]);

/** "Müller & Söhne GmbH" → "muller-sohne-gmbh"; a name without any Latin letter becomes "tenant". */
export function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longest)
    .replace(/^-+|-+$/g, "");
  if (plain === "") return "tenant";
  return reserved.has(plain) ? `${plain}-1` : plain;
}

/** The n-th slug to try for a name: the plain one, then numbered ones. */
export function slugCandidate(name: string, n: number): string {
  return n === 0 ? slugOf(name) : `${slugOf(name)}-${String(n + 1)}`;
}
