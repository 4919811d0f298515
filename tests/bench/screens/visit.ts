import type { Browser, BrowserContext, Page } from "@playwright/test";
import { memberScreens, type Screen } from "@/tests/e2e/screens";
import type { Session } from "@/tests/setup/sign-in";
import { type Load, Traffic } from "./traffic";
import { type Painted, readSeen, untilUsable, watchFor } from "./usable";

export interface Visit extends Painted {
  /** Asked for before it was usable. */
  first: Load;
  /** Asked for afterwards, in the background. */
  later: Load;
}

/** Between pointing at a link and pressing it people take longer than this. */
const hoverMs = 100;
const viewport = { width: 1280, height: 800 };
const pathnameOf = (path: string) => path.split("?")[0] ?? path;

/** A browser that has never been here, but is signed in. */
export function openBrowser(browser: Browser, url: string, session: Session): Promise<BrowserContext> {
  return browser.newContext({ baseURL: url, storageState: session, viewport });
}

async function openPage(context: BrowserContext, landmark: string, path: string) {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  const traffic = new Traffic(await context.newCDPSession(page));
  await traffic.listen();
  await watchFor(page, { pathname: pathnameOf(path), landmark });
  return { page, traffic, errors };
}

async function finish(page: Page, traffic: Traffic, errors: readonly string[]): Promise<Visit> {
  await untilUsable(page);
  await traffic.untilQuiet();
  const painted = await readSeen(page);
  const faults = [...errors, ...traffic.failures];
  if (faults.length > 0) throw new Error(faults.join("; "));
  return { ...painted, ...traffic.split(painted.usableMs) };
}

/** By its address, as by a bookmark. */
export async function visit(context: BrowserContext, { path, landmark }: Screen): Promise<Visit> {
  const { page, traffic, errors } = await openPage(context, landmark, path);
  try {
    await page.goto(path, { waitUntil: "commit" });
    return await finish(page, traffic, errors);
  } finally {
    await page.close();
  }
}

/** By a click in the navigation of another screen that has come to rest; null when that has no link to it. */
export async function follow(context: BrowserContext, from: Screen, to: Screen): Promise<Visit | null> {
  const place = pathnameOf(to.path);
  // Of screens at one path the link leads to the first.
  if (memberScreens.find(({ path }) => pathnameOf(path) === place) !== to) return null;
  const { page, traffic, errors } = await openPage(context, to.landmark, to.path);
  try {
    await page.goto(from.path);
    await page.getByRole("heading", { name: from.landmark, exact: true }).first().waitFor();
    await traffic.untilQuiet();
    const link = page.locator(`nav a[href="${place}"], nav a[href^="${place}?"]`).filter({ visible: true });
    if ((await link.count()) === 0) return null;
    traffic.begin();
    await link.first().hover();
    await page.waitForTimeout(hoverMs);
    await link.first().click();
    return await finish(page, traffic, errors);
  } finally {
    await page.close();
  }
}
