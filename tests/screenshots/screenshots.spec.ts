import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root } from "@/server/launch/root";
import { expect, type Person, test } from "@/tests/e2e/fixtures";
import { hydrated, visit } from "@/tests/e2e/screen";
import { memberScreens, openScreens, type Screen } from "@/tests/e2e/screens";

const forms = [
  { width: 1280, height: 800, theme: "light" },
  { width: 1280, height: 800, theme: "dark" },
  { width: 390, height: 844, theme: "light" },
] as const;

/** What lies over a screen once something of it was opened. */
interface Opened extends Screen {
  open: (page: Page) => Promise<void>;
}

const opened: Opened[] = [
  {
    name: "open-why",
    path: "/demo/features?range=7d",
    landmark: "What each feature costs",
    open: async (page) => {
      await page.getByRole("button", { name: /^Why/ }).filter({ visible: true }).first().click();
      await expect(page.getByRole("dialog").getByRole("table").first()).toBeVisible();
    },
  },
  {
    name: "open-explain",
    path: "/demo/overview",
    landmark: "Fastest growing features",
    open: async (page) => {
      await page
        .getByRole("button", { name: /, explain$/ })
        .filter({ visible: true })
        .first()
        .click();
      await expect(page.getByRole("heading", { name: "The same by API" })).toBeVisible();
    },
  },
  {
    name: "open-range",
    path: "/demo/features",
    landmark: "What each feature costs",
    open: async (page) => {
      await page.getByRole("button", { name: /^Range:/ }).click();
      await expect(page.getByRole("grid")).toBeVisible();
    },
  },
  {
    name: "open-views",
    path: "/demo/features",
    landmark: "What each feature costs",
    open: async (page) => {
      await page.getByRole("button", { name: "Views" }).filter({ visible: true }).click();
      await expect(page.getByRole("button", { name: "Save this view" })).toBeVisible();
    },
  },
  {
    name: "open-palette",
    path: "/demo/overview",
    landmark: "Fastest growing features",
    open: async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("chat");
      await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "open-run",
    path: "/demo/runs",
    landmark: "What each run costs",
    open: async (page) => {
      await page.getByRole("main").locator("a[href*='run=']").filter({ visible: true }).first().click();
      await expect(page).toHaveURL(/run=/);
      await expect(page.locator("[data-skeleton]")).toHaveCount(0);
    },
  },
  {
    name: "open-incident",
    path: "/demo/alerts?state=resolved",
    landmark: "Incidents",
    open: async (page) => {
      await page
        .getByRole("main")
        .locator("tbody a[href*='/alerts/']")
        .filter({ visible: true })
        .first()
        .click();
      await expect(page.getByRole("heading", { name: "What happened" })).toBeVisible();
      await expect(page.locator("[data-skeleton]")).toHaveCount(0);
    },
  },
  {
    name: "open-call",
    path: "/demo/calls?order=dearest",
    landmark: "Calls",
    open: async (page) => {
      await page
        .getByRole("main")
        .getByRole("button", { name: /^Open call|\$/ })
        .filter({ visible: true })
        .first()
        .click();
      await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
    },
  },
];

async function settle(page: Page, landmark: string): Promise<void> {
  await expect(page.getByRole("heading", { name: landmark, exact: true }).first()).toBeVisible();
  await expect(page.locator("[data-skeleton], [data-waiting]")).toHaveCount(0);
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  await hydrated(page);
}

const heightOf = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight);

function picture(screen: Screen, open?: Opened["open"]): void {
  for (const { theme, ...size } of forms) {
    test(`${screen.name}, ${String(size.width)}, ${theme}`, async ({ page }) => {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await visit(page, screen.path);
      await settle(page, screen.landmark);
      await open?.(page);
      // As high as its content, so that what sticks to an edge is where it belongs. A panel lies over what is in sight.
      if (!open) await page.setViewportSize({ ...size, height: Math.max(size.height, await heightOf(page)) });
      await page.screenshot({
        path: join(root, "screenshots", `${screen.name}-${String(size.width)}-${theme}.png`),
      });
    });
  }
}

function describe(person: Person | null, pictures: () => void): void {
  test.describe(person ?? "nobody", () => {
    test.use({ person });
    pictures();
  });
}

describe(null, () => openScreens.forEach((screen) => picture(screen)));
describe("owner", () => {
  memberScreens.forEach((screen) => picture(screen));
  opened.forEach(({ open, ...screen }) => picture(screen, open));
});
