// `npm test` (everything) and `npm run check` (no services, seconds). Plain JavaScript, because it installs the rest.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { performance } from "node:perf_hooks";
import { install, requireNode, root } from "../server/launch/install.mjs";
import { createSteps } from "../server/launch/steps.mjs";
import { installEmitters } from "./emitters/install.mjs";

const results = mkdtempSync(join(tmpdir(), "tokenledger-results-"));
// Open to the user that root lends Postgres (server/launch/README.md).
chmodSync(results, 0o755);
const total = { passed: 0, failed: 0, failures: [], secondTries: [] };
const tool = (path) => join(root, "node_modules", path);
const report = (name) => join(results, `${name}.json`);

/** One that either passes or fails as a whole. */
const whole = (name, ...args) => ({
  name,
  args,
  count: (isGood) => ({ passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 }),
});

const vitest = (project) => ({
  name: `${project} tests`,
  args: [
    tool("vitest/vitest.mjs"),
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report(project)}`,
  ],
  count(isGood) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report(project), "utf8"),
    );
    return atLeastOneFailure(isGood, {
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
      failures: testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === "failed")
          .map(({ fullName }) => `${relative(root, name)}: ${fullName}`),
      ),
    });
  },
});

const browser = {
  name: "browser tests",
  args: [tool("@playwright/test/cli.js"), "test", "--reporter=list,json"],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report("browser") },
  prepare: () => installEmitters(createSteps()),
  count(isGood) {
    const { stats, suites } = JSON.parse(readFileSync(report("browser"), "utf8"));
    const { expected, unexpected, flaky, skipped } = stats;
    return atLeastOneFailure(isGood, {
      passed: expected + flaky,
      failed: unexpected,
      skipped,
      failures: namesOf(suites, "unexpected"),
      secondTries: namesOf(suites, "flaky"),
    });
  },
};

/** Of the specs that came out so in Playwright's report. */
const namesOf = (suites, status) =>
  suites.flatMap(({ file, specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some((test) => test.status === status))
      .map(({ title }) => `tests/e2e/${file}: ${title}`),
    ...namesOf(inner, status),
  ]);

/** A run may fail outside its tests: a file that does not load, an error after the last one. */
function atLeastOneFailure(isGood, counted) {
  return isGood || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

/** One that says little: it is told when it is over, so that others can run beside it. */
const aside = (part) => ({ ...part, isAside: true });

/** Parts one after the other, those of a list at once. */
const withoutServices = [
  whole("route types", tool("next/dist/bin/next"), "typegen"),
  [
    aside(whole("lint", tool("eslint/bin/eslint.js"), "--max-warnings=0", ".")),
    aside(whole("formatting", tool("prettier/bin/prettier.cjs"), "--check", "--log-level=warn", ".")),
    aside(whole("types", tool("typescript/bin/tsc"), "--noEmit", "-p", ".")),
  ],
  vitest("unit"),
];
const withServices = [
  vitest("db"),
  { ...whole("build", "server/launch/start.mjs", "--prepare", "--no-demo"), fresh: true },
  browser,
];

async function main() {
  requireNode();
  await install(createSteps());
  const parts = process.argv.includes("--check") ? withoutServices : [...withoutServices, ...withServices];
  const only = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const isAsked = ({ name }) => only.length === 0 || only.some((word) => name.startsWith(word));
  for (const step of parts) await Promise.all([step].flat().filter(isAsked).map(runPart));
  removeResults();
  // At the end of a log of thousands of lines, where they are found.
  for (const name of total.secondTries) process.stdout.write(`passed at the second try only: ${name}\n`);
  for (const name of total.failures) process.stdout.write(`failed: ${name}\n`);
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function runPart(part) {
  const title = `\n── ${part.name}\n`;
  if (!part.isAside) process.stdout.write(title);
  const startedAt = performance.now();
  await part.prepare?.();
  const env = { ...part.env, ...(part.fresh ? await freshInstallation() : {}) };
  const { code, output } = await runNode(part.args, env, part.isAside ? "pipe" : "inherit");
  if (part.isAside) process.stdout.write(title + output);
  const isGood = code === 0;
  const { passed, failed, skipped = 0, failures = [], secondTries = [] } = countOf(part, isGood);
  total.passed += passed;
  total.failed += failed;
  total.failures.push(...(failed > failures.length ? [part.name] : []), ...failures);
  total.secondTries.push(...secondTries);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const left = skipped > 0 ? `, ${skipped} skipped` : "";
  process.stdout.write(`── ${part.name}: ${passed} passed, ${failed} failed${left} (${seconds} s)\n`);
}

function countOf(part, isGood) {
  try {
    return part.count(isGood);
  } catch (error) {
    process.stdout.write(`It left no results: ${error.message}\n`);
    return { passed: 0, failed: 1 };
  }
}

function removeResults() {
  const note = join(results, "data", "cluster.json");
  if (existsSync(note))
    rmSync(JSON.parse(readFileSync(note, "utf8")).folder, { recursive: true, force: true });
  rmSync(results, { recursive: true, force: true });
}

async function freshInstallation() {
  return { DATA_DIR: join(results, "data"), PORT: String(await freePort()) };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function runNode(args, env, stdio) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio, env: { ...process.env, ...env } });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (some) => (output += some));
    const stop = (signal) => child.kill(signal);
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, stop);
      if (signal === "SIGINT" || signal === "SIGTERM") process.exit(130);
      resolve({ code, output });
    });
  });
}

main().catch((error) => {
  process.stderr.write(
    `\n${error.name === "InstallError" ? error.message : error.stack}\n${error.details ?? ""}\n`,
  );
  process.exitCode = 1;
});
