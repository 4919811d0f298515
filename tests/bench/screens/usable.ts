import type { Page } from "@playwright/test";
import { isHydrated } from "@/tests/e2e/is-hydrated";
import type { Screen } from "@/tests/e2e/screens";

/** What the watcher below leaves in the page; milliseconds since the page's own time origin. */
interface Seen {
  /** Of the last click; 0 is the navigation to the page. */
  begunMs: number;
  /** Since when the screen is usable without a break. */
  usableMs: number | null;
  longTasksMs: number;
}
declare global {
  interface Window {
    seen: Seen;
    isHydrated: () => boolean;
  }
}

type Wanted = Pick<Screen, "landmark"> & { pathname: string };

/**
 * In the page, at each frame: usable is what shows its landmark, has no skeleton and listens to clicks. One that falls back
 * to a skeleton was not usable yet.
 */
function watch({ pathname, landmark }: Wanted): void {
  const seen: Seen = { begunMs: 0, usableMs: null, longTasksMs: 0 };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries())
      if (startTime >= seen.begunMs) seen.longTasksMs += duration;
  }).observe({ type: "longtask", buffered: true });
  addEventListener(
    "click",
    (event) => {
      seen.begunMs = event.timeStamp;
      seen.usableMs = null;
      seen.longTasksMs = 0;
    },
    { capture: true },
  );
  const isShown = () =>
    [...document.querySelectorAll("h1, h2, h3")].some(
      (heading) => heading.textContent.trim() === landmark && heading.getClientRects().length > 0,
    );
  const look = () => {
    const isUsable =
      location.pathname === pathname &&
      document.querySelector("[data-skeleton]") === null &&
      isShown() &&
      window.isHydrated();
    if (!isUsable) seen.usableMs = null;
    else seen.usableMs ??= performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Has every page that is opened from now on watched for this screen. */
export async function watchFor(page: Page, wanted: Wanted): Promise<void> {
  // The compiler that runs this file gives functions their names by a helper that a page does not have.
  await page.addInitScript("globalThis.__name = (one) => one");
  await page.addInitScript(`window.isHydrated = ${isHydrated.toString()}`);
  await page.addInitScript(watch, wanted);
}

export interface Painted {
  /** Until it was usable, from the navigation or the click. */
  usableMs: number;
  /** Main thread held up for 50 ms and more at a time, in all. */
  longTasksMs: number;
  /** First contentful paint. */
  paintMs: number;
  /** Until the first byte of the page. */
  answerMs: number;
}

/** @throws when the screen is not usable; ask once the network is quiet */
export async function readSeen(page: Page): Promise<Painted> {
  const { seen, paintMs, answerMs } = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    return {
      seen: window.seen,
      paintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
      answerMs: navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : 0,
    };
  });
  if (seen.usableMs === null) throw new Error("It is not usable any more.");
  return { usableMs: seen.usableMs - seen.begunMs, longTasksMs: seen.longTasksMs, paintMs, answerMs };
}

const longestMs = 20_000;

/** @throws when it takes longer than anybody waits */
export async function untilUsable(page: Page): Promise<void> {
  const isUsable = page.waitForFunction(() => window.seen.usableMs !== null, undefined, {
    timeout: longestMs,
  });
  await isUsable.catch((cause: unknown) => {
    throw new Error(`It was not usable within ${String(longestMs)} ms.`, { cause });
  });
}
