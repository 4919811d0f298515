import type { Page, TestInfo } from "@playwright/test";
import {
  expectModal,
  expectOneOutline,
  hiddenFocus,
  namelessParts,
  overflow,
  unlabelledFields,
} from "./accessibility";
import { expect, type Person, test } from "./fixtures";
import { lastDays, ledger, only } from "./ledger";
import { visit } from "./screen";

interface Screen {
  name: string;
  path: string;
  /** Seen once the screen has its data. */
  landmark: string;
}

const open: Screen[] = [
  { name: "landing", path: "/", landmark: "LLM costs, to the last digit. And what is missing from them." },
  { name: "sign-in", path: "/sign-in", landmark: "Sign in" },
  { name: "register", path: "/register", landmark: "Create an account" },
  { name: "forgot-password", path: "/forgot-password", landmark: "Forgot the password?" },
  { name: "invitation", path: "/accept-invitation?token=used", landmark: "This invitation is not open" },
];
const members: Screen[] = [
  { name: "overview", path: "/demo/overview", landmark: "Fastest growing features" },
  { name: "users", path: "/demo/users?range=90d", landmark: "What each user costs" },
  { name: "accounts", path: "/demo/users?by=account", landmark: "What each account costs" },
  { name: "prompts", path: "/demo/prompts", landmark: "What each prompt costs" },
  { name: "prompt", path: "/demo/prompts?prompt=email-draft", landmark: "Before and after" },
  { name: "runs", path: "/demo/runs", landmark: "What each run costs" },
  { name: "models", path: "/demo/models", landmark: "What each model costs" },
  { name: "cache", path: "/demo/cache", landmark: "The cache by feature" },
  { name: "errors", path: "/demo/errors", landmark: "Cost by error class" },
  { name: "calls", path: "/demo/calls", landmark: "Calls" },
  {
    name: "calls-filtered",
    path: "/demo/calls?order=dearest&f=feature:code-review&f=-model:gpt-4o",
    landmark: "Calls",
  },
  { name: "calls-top", path: "/demo/calls?show=top", landmark: "Calls" },
  { name: "attribution", path: "/demo/attribution", landmark: "Unattributed dollars" },
  { name: "attribution-rules", path: "/demo/attribution/rules", landmark: "Rules" },
  { name: "tag-policy", path: "/demo/attribution/policy", landmark: "Tag policy" },
  { name: "prices", path: "/demo/prices", landmark: "Models in use" },
  {
    name: "model-prices",
    path: "/demo/prices/model?provider=anthropic&model=claude-sonnet-4-5",
    landmark: "Who said what",
  },
  {
    name: "model-unpriced",
    path: "/demo/prices/model?provider=in-house&model=acme-router-7b",
    landmark: "Who said what",
  },
  { name: "repricing", path: "/demo/prices/repricing", landmark: "Closed months" },
  { name: "imports", path: "/demo/imports", landmark: "Past imports" },
  { name: "get-started", path: "/demo/get-started", landmark: "What a call can carry" },
  { name: "settings", path: "/demo/settings", landmark: "General" },
  { name: "members", path: "/demo/settings/members", landmark: "What the roles may do" },
  { name: "keys", path: "/demo/settings/keys", landmark: "API keys" },
  { name: "bi", path: "/demo/settings/bi", landmark: "BI access" },
  { name: "sources", path: "/demo/settings/sources", landmark: "Connections" },
  { name: "privacy", path: "/demo/settings/privacy", landmark: "Forget a person" },
  { name: "audit", path: "/demo/settings/audit", landmark: "Audit log" },
  { name: "account", path: "/demo/settings/account", landmark: "Sessions" },
  { name: "new-tenant", path: "/new-tenant", landmark: "New organisation" },
];
const absent: Screen = { name: "not-found", path: "/demo/no-such-screen", landmark: "There is nothing here" };

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

async function expectWellMade(page: Page, { name, path, landmark }: Screen, info: TestInfo): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: "light" });
    await visit(page, path);
    await expect(page.getByRole("heading", { name: landmark, exact: true }).first()).toBeVisible();
    await expect(page.locator(".animate-pulse")).toHaveCount(0);
    const backgrounds: string[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
      backgrounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      expect(await overflow(page)).toEqual({ pixels: 0, by: [] });
      const picture = `${name}-${size.width}-${colorScheme}.png`;
      await page.screenshot({ path: info.outputPath(picture), fullPage: true });
    }
    expect(backgrounds[0]).not.toBe(backgrounds[1]);
    await expectOneOutline(page);
    expect(await namelessParts(page), "parts without a name").toEqual([]);
    expect(await unlabelledFields(page), "fields without a label").toEqual([]);
    expect(await hiddenFocus(page, 20), "focus that is not seen").toEqual([]);
  }
}

function describeScreens(person: Person | null, screens: Screen[]): void {
  test.describe(person === null ? "for everybody" : "for members", () => {
    test.use({ person });
    for (const screen of screens) {
      test(`${screen.name} fits desk and phone, day and night`, async ({ page }, info) => {
        await expectWellMade(page, screen, info);
      });
    }
  });
}

describeScreens(null, open);
describeScreens("owner", members);

test.describe("an address that leads nowhere", () => {
  test.use({ person: "owner", tolerated: [/status of 404/] });
  test("says so on desk and phone, day and night", async ({ page }, info) => {
    await expectWellMade(page, absent, info);
  });
});

test.describe("dialogs and menus", () => {
  test.use({ person: "owner" });

  test("keep the focus, close on Escape and give it back", async ({ page }, info) => {
    await visit(page, "/demo/settings/keys");
    const create = page.getByRole("button", { name: "Create a key" });
    await create.click();
    await page.screenshot({ path: info.outputPath("create-key.png") });
    await expectModal(page, create);
    const revoke = page.getByRole("button", { name: "Revoke" }).first();
    await revoke.click();
    await expectModal(page, revoke);

    const { id } = only(
      await ledger<{ id: string }>(
        `SELECT call_id AS id ${lastDays} ORDER BY occurred_at DESC, call_id DESC LIMIT 1`,
        ["demo", 7],
      ),
    );
    await visit(page, "/demo/calls");
    const call = page.getByRole("button", { name: `Open call ${id}` });
    await call.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
    await page.screenshot({ path: info.outputPath("call.png") });
    await expectModal(page, call);

    const account = page.getByRole("button", { name: /^Account of/ }).filter({ visible: true });
    await account.click();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Sign out" })).toHaveCount(0);
    await expect(account).toBeFocused();
  });

  test("keep forms of prices whole on desk and phone, and give the focus back", async ({ page }, info) => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await visit(page, "/demo/prices/model?provider=openai&model=gpt-4o");
      for (const name of ["Add contract rates", "Add a discount"]) {
        const opener = page.getByRole("button", { name });
        await opener.click();
        expect(await overflow(page)).toEqual({ pixels: 0, by: [] });
        await page.screenshot({ path: info.outputPath(`${name}-${size.width}.png`) });
        await expectModal(page, opener);
      }
    }
  });

  test("the places behind More are named, and lead there", async ({ page }, info) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visit(page, "/demo/prices");
    const more = page.getByRole("button", { name: "More" });
    await more.click();
    await page.screenshot({ path: info.outputPath("more.png") });
    await expectModal(page, more);
    await more.click();
    await page.getByRole("dialog").getByRole("link", { name: "Settings" }).click();
    await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("a call opens over the whole phone without widening it", async ({ page }, info) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visit(page, "/demo/calls?order=dearest");
    await page.getByRole("main").getByRole("listitem").first().getByRole("button").click();
    await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
    expect(await overflow(page)).toEqual({ pixels: 0, by: [] });
    await page.screenshot({ path: info.outputPath("call-phone.png") });
  });
});
