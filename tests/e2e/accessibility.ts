import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures";

const nameless =
  /^\s*- '?(button|link|textbox|searchbox|combobox|listbox|checkbox|radio|switch|dialog|progressbar|img|region)(?! ['"/])/;

/** What assistive technology would read out without a name. */
export async function namelessParts(page: Page): Promise<string[]> {
  const tree = await page.locator("body").ariaSnapshot();
  return tree.split("\n").filter((line) => nameless.test(line));
}

/** Labels that are more than a placeholder, for all that can be filled in. */
export async function unlabelledFields(page: Page): Promise<string[]> {
  return page.locator("input, select, textarea").evaluateAll((fields) =>
    fields
      .filter((field) => {
        const { labels } = field as HTMLInputElement;
        const name = field.getAttribute("aria-label") ?? field.getAttribute("aria-labelledby");
        return field.getAttribute("type") !== "hidden" && (labels?.length ?? 0) === 0 && !name;
      })
      .map((field) => field.outerHTML.slice(0, 200)),
  );
}

/** How far the page is wider than the window, and what sticks out of it. */
export async function overflow(page: Page): Promise<{ pixels: number; by: string[] }> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const pixels = scrollWidth - clientWidth;
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
    );
    return { pixels, by: pixels > 0 ? wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 160)) : [] };
  });
}

export async function expectOneOutline(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.getByRole("main")).toHaveCount(1);
}

/** Presses Tab and names what then has the focus but does not show it. */
export async function hiddenFocus(page: Page, presses: number): Promise<string[]> {
  const hidden: string[] = [];
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press("Tab");
    const element = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      const { width, height } = focused.getBoundingClientRect();
      const isSeen = outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && width > 1 && height > 1;
      return isSeen ? null : focused.outerHTML.slice(0, 160);
    });
    if (element !== null) hidden.push(element);
  }
  return hidden;
}

/** Focus goes round inside the dialog; Escape closes it and gives the focus back to `opener`. */
export async function expectModal(page: Page, opener: Locator): Promise<void> {
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press(key);
      const isInside = await page.evaluate(() => {
        const focused = document.activeElement;
        // Between the last and the first part the focus is on the browser's own controls, which the page sees as the body.
        return focused === document.body || focused?.closest("dialog") !== null;
      });
      expect(isInside, `focus after ${key} × ${press + 1}`).toBe(true);
    }
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
}

/** What axe finds against WCAG 2.2 AA and its own best practices: rule, and where. `rules`: these alone. */
export async function axeFaults(page: Page, rules?: string[]): Promise<string[]> {
  // What fades in has other colours on its way.
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
      // What a folded part hides stands still until it is opened.
      .filter(({ effect }) => effect instanceof KeyframeEffect && effect.target?.checkVisibility());
    return Promise.allSettled(ending.map((one) => one.finished));
  });
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = "" }) => `${id}: ${String(target)} ${failureSummary.replace(/\s+/g, " ")}`,
    ),
  );
}
