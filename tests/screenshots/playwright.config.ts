import { defineConfig } from "@playwright/test";
import ofJourneys from "@/playwright.config";

/** `npm run screenshots`: every screen, into `screenshots/` (not kept by git). */
export default defineConfig({
  ...ofJourneys,
  testDir: ".",
  globalSetup: "../setup/product.ts",
  outputDir: "../../test-results",
  timeout: 90_000,
  workers: 1,
  projects: [{ name: "screenshots" }],
});
