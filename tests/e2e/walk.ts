import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures";
import { hydrated, visit } from "./screen";

/** More than so many, and nobody finds it. */
const mostClicks = 3;

/** A walk from Overview, every click of which counts. */
export interface Walk {
  page: Page;
  clicks: () => number;
  click: (what: Locator) => Promise<void>;
  /** To a screen, by the navigation. */
  to: (place: string) => Promise<void>;
  /** The range of the screen: opens the menu, and picks. */
  range: (name: string) => Promise<void>;
}

/** Begins where a member does after signing in. @throws Error at the click that is one too many */
export async function walkFromOverview(page: Page): Promise<Walk> {
  await visit(page, "/demo/overview");
  let count = 0;
  const click = async (what: Locator) => {
    count += 1;
    if (count > mostClicks) throw new Error(`More than ${String(mostClicks)} clicks from Overview.`);
    await what.click();
  };
  return {
    page,
    clicks: () => count,
    click,
    async to(place) {
      const navigation = page.getByRole("navigation", { name: "Main" }).first();
      await click(navigation.getByRole("link", { name: place, exact: true }));
      await expect(page.getByRole("heading", { level: 1 })).toContainText(place);
      await hydrated(page);
    },
    async range(name) {
      await click(page.getByRole("button", { name: /^Range:/ }));
      await click(page.getByRole("list", { name: "Usual ranges" }).getByRole("button", { name }));
      await expect(page.getByRole("button", { name: `Range: ${name}` })).toBeVisible();
    },
  };
}
