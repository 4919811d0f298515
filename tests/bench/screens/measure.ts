import type { Browser } from "@playwright/test";
import type { Screen } from "@/tests/e2e/screens";
import { nobody, type Session } from "@/tests/setup/sign-in";
import { percentile } from "../statistics";
import { follow, openBrowser, type Visit, visit } from "./visit";

export interface Measured {
  screen: Screen;
  cold: Visit[];
  warm: Visit[];
  /** Empty where the navigation does not lead. */
  byLink: Visit[];
}

export interface Person {
  url: string;
  session: Session;
}

export const noVisits = (screen: Screen): Measured => ({ screen, cold: [], warm: [], byLink: [] });

/** One round: with nothing of the product at hand, once more in the same browser, and by the link on `start`. */
export async function visitOnce(
  browser: Browser,
  { url, session }: Person,
  start: Screen,
  { screen, cold, warm, byLink }: Measured,
): Promise<void> {
  const context = await openBrowser(browser, url, session);
  try {
    cold.push(await visit(context, screen));
    warm.push(await visit(context, screen));
    if (session === nobody || screen === start) return;
    const followed = await follow(context, start, screen);
    if (followed) byLink.push(followed);
  } finally {
    await context.close();
  }
}

const median = (values: readonly number[]) => percentile(values, 0.5);
const ms = (visits: readonly Visit[], of: (visit: Visit) => number) =>
  visits.length === 0 ? "" : `${median(visits.map(of)).toFixed(0)} ms`;
const kb = (visits: readonly Visit[], of: (visit: Visit) => number) =>
  (median(visits.map(of)) / 1000).toFixed(0);
const total = ({ bytes }: Visit["first"]) => Object.values(bytes).reduce((sum, one) => sum + one, 0);
const data = ({ bytes }: Visit["first"]) => bytes.data + bytes.ahead + bytes.other;

export const heads = [
  "screen, medians",
  "HTML kB",
  "JS",
  "CSS",
  "fonts",
  "data",
  "all",
  "requests",
  "later kB",
  "paint",
  "usable cold",
  "long tasks",
  "again kB",
  "usable warm",
  "by link",
];

/** Kilobytes as sent (compressed, with headers) of what was asked for until it was usable; `later` is what came after. */
export function asRow({ screen, cold, warm, byLink }: Measured): string[] {
  return [
    screen.name,
    kb(cold, ({ first }) => first.bytes.html),
    kb(cold, ({ first }) => first.bytes.js),
    kb(cold, ({ first }) => first.bytes.css),
    kb(cold, ({ first }) => first.bytes.fonts),
    kb(cold, ({ first }) => data(first)),
    kb(cold, ({ first }) => total(first)),
    median(cold.map(({ first }) => first.requests)).toFixed(0),
    kb(cold, ({ later }) => total(later)),
    ms(cold, ({ paintMs }) => paintMs),
    ms(cold, ({ usableMs }) => usableMs),
    ms(cold, ({ longTasksMs }) => longTasksMs),
    kb(warm, ({ first }) => total(first)),
    ms(warm, ({ usableMs }) => usableMs),
    ms(byLink, ({ usableMs }) => usableMs),
  ];
}

const past = (measured: readonly Measured[], visits: (one: Measured) => readonly Visit[], limitMs: number) =>
  measured
    .filter((one) => visits(one).length > 0)
    .filter((one) => median(visits(one).map(({ usableMs }) => usableMs)) >= limitMs)
    .map(({ screen }) => screen.name);

/** Which screens were not usable within the limit, in the median. */
export function laterThan(measured: readonly Measured[], limitMs: number) {
  return [
    { what: "cold", names: past(measured, ({ cold }) => cold, limitMs) },
    { what: "warm", names: past(measured, ({ warm }) => warm, limitMs) },
    { what: "by link", names: past(measured, ({ byLink }) => byLink, limitMs) },
  ];
}
