import { defineConfig } from "@playwright/test";
import { freePort } from "./server/launch/ports";
import { findBrowser } from "./tests/setup/browser";

// Every worker reads this file again: what the first reading chose goes on in the environment.
process.env.E2E_PORT ??= String(await freePort());
// Nobody listens there but the journeys that wait for a message, or bill by Stripe.
process.env.SLACK_RECEIVER_URL ??= `http://127.0.0.1:${String(await freePort())}`;
process.env.STRIPE_API_URL ??= `http://127.0.0.1:${String(await freePort())}`;
const { executablePath, args, env } = await findBrowser();

const screens = "**/a11y-and-layout.spec.ts";

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/setup/product.ts",
  outputDir: "test-results",
  workers: 2,
  // One goes through all screens and only looks; the other goes on journeys, which change what is there, one after the other.
  projects: [
    { name: "screens", testMatch: screens, workers: 1 },
    { name: "journeys", testIgnore: screens, workers: 1 },
  ],
  forbidOnly: true,
  // A browser on a busy machine: one test in thousands meets a moment that its author did not think of. It is named at
  // the end of the log (tests/run.mjs), to be mended.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    baseURL: `http://localhost:${process.env.E2E_PORT}`,
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath, args, env: { ...definedOnly(process.env), ...env } },
    screenshot: "only-on-failure",
    // A record of every step of every test takes a third of the time.
    trace: "on-first-retry",
  },
});

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
