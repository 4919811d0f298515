import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, ""), "server-only": `${root}tests/setup/server-only.ts` };
const exclude = ["**/node_modules/**", ".next/**", ".data/**", "tests/e2e/**"];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...exclude, "**/*.db.test.ts"],
          setupFiles: ["tests/setup/no-stray-errors.ts"],
          env: { TZ: "UTC" },
          // Nothing here keeps anything beyond its file, and loading every module anew takes longer than the tests.
          isolate: false,
          // Generous, for machines that do other work at the same time: no test is one of speed.
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude,
          globalSetup: ["tests/setup/cluster.ts"],
          setupFiles: ["tests/setup/no-stray-errors.ts", "tests/setup/database.ts"],
          env: { TZ: "UTC" },
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
