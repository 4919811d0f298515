import type { Page } from "@playwright/test";
import { demoFacts } from "@/tests/setup/demo";
import { expect, people, test } from "./fixtures";
import { hydrated, visit } from "./screen";

async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test.describe("nobody yet", () => {
  // next-auth answers a wrong password with 401, which the browser notes as a failed request.
  test.use({ tolerated: [/status of 401.*callback\/credentials/] });

  test("a wrong password is told in a sentence; the right one leads back to where one wanted to go", async ({
    page,
  }) => {
    const demo = demoFacts();
    await visit(page, "/demo/calls?order=dearest");
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fdemo%2Fcalls%3Forder%3Ddearest$/);
    await fillIn(page, demo.email, "not the password");
    await expect(page.getByText("The e-mail address or the password is wrong.")).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in/);

    await fillIn(page, demo.email, demo.password);
    await expect(page).toHaveURL("/demo/calls?order=dearest");
    await expect(page.getByRole("heading", { name: "Calls", level: 1 })).toBeVisible();
    await hydrated(page);

    await page
      .getByRole("button", { name: /^Account of/ })
      .filter({ visible: true })
      .click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("link", { name: "Create an account" })).toBeVisible();
    await visit(page, "/demo/overview");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  });

  test("an unknown address is answered like a wrong password", async ({ page }) => {
    await visit(page, "/sign-in");
    await fillIn(page, "nobody@example.com", "not the password");
    await expect(page.getByText("The e-mail address or the password is wrong.")).toBeVisible();
  });
});

test.describe("a member of one tenant", () => {
  test.use({ person: "owner", tolerated: [/status of 404/] });

  test("finds another tenant's pages as absent as those of none", async ({ page }) => {
    for (const path of ["overview", "calls", "settings/keys"]) {
      const answers = [];
      for (const slug of ["globex", "no-such-tenant"]) {
        const response = await visit(page, `/${slug}/${path}`);
        await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
        const text = await page.locator("body").innerText();
        answers.push({ status: response?.status(), title: await page.title(), text });
        expect(text).not.toContain("Globex");
      }
      expect(answers[0]).toEqual(answers[1]);
    }
    await visit(page, "/demo/overview");
    await page
      .getByRole("button", { name: /switch organisation/ })
      .filter({ visible: true })
      .click();
    await expect(page.getByRole("link", { name: /Acme AI/ })).toBeVisible();
    await expect(page.getByRole("link", { name: /Globex/ })).toHaveCount(0);
  });
});

test.describe("a viewer", () => {
  test.use({ person: "viewer", tolerated: [/status of 404/] });

  test("sees figures and no way to make keys or change settings", async ({ page }) => {
    await visit(page, "/demo/overview");
    await expect(page.getByRole("heading", { name: "Last 7 days", exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: "Import" })).toHaveCount(0);

    await visit(page, "/demo/get-started");
    await expect(page.getByText("Your role does not make keys.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Create an ingest key" })).toHaveCount(0);

    await visit(page, "/demo/settings");
    await expect(page.getByText("Your role (viewer) can see these settings, not change them.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "API keys" })).toHaveCount(0);
    await visit(page, "/demo/settings/keys");
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();

    await visit(page, "/demo/settings/members");
    await expect(page.getByText(people.viewer).first()).toBeVisible();
    await expect(page.getByRole("heading", { name: "Invite somebody" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Remove" })).toHaveCount(0);
  });
});
