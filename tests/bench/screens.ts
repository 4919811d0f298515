import { loadavg } from "node:os";
import { chromium } from "@playwright/test";
import { freePort } from "@/server/launch/ports";
import { memberScreens, openScreens } from "@/tests/e2e/screens";
import { findBrowser } from "@/tests/setup/browser";
import { readDemoFile } from "@/tests/setup/demo";
import { nobody, signIn } from "@/tests/setup/sign-in";
import { removeInstallation, startProduct } from "@/tests/setup/start-product";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";
import { drawProgress } from "./progress";
import { asRow, heads, laterThan, type Measured, noVisits, visitOnce } from "./screens/measure";
import { asTable } from "./statistics";

/**
 * `npm run bench:screens`: what each screen of the demo tenant weighs and when it can be used, in a browser that has never
 * seen it, again in the same one, and by its link on Overview. The product is the one that `npm start` builds and serves.
 */
const isSmall = process.env.BENCH_SIZE === "small";
const rounds = Number(process.env.BENCH_ROUNDS ?? (isSmall ? 2 : 5));
/** What design.md wants to be reached. */
const usableWithinMs = 1_000;

const wanted = (name: string) => !isSmall || ["overview", "calls", "settings"].includes(name);
const members = memberScreens.filter(({ name }) => wanted(name));
const everybodys = openScreens.filter(({ name }) => wanted(name));

const kept = process.env.BENCH_KEEP;
const folder = kept ?? makeTemporaryFolder("bench");
const begun = performance.now();
console.info("Building and starting the product with its demo tenant; the first time takes some minutes.");
const product = await startProduct({ dataFolder: folder, port: await freePort() });
const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({
  executablePath,
  args,
  env: { ...(process.env as Record<string, string>), ...env },
});
const faults: string[] = [];
try {
  const { email, password } = readDemoFile(folder);
  const { url } = product;
  const member = { url, session: await signIn(browser, { url, email, password }) };
  const [start] = memberScreens;
  if (!start) throw new Error("There are no screens.");
  const plan = [
    ...members.map((screen) => ({ person: member, measured: noVisits(screen) })),
    ...everybodys.map((screen) => ({ person: { url, session: nobody }, measured: noVisits(screen) })),
  ];
  const draw = drawProgress(begun);
  const attempt = async ({ person, measured }: (typeof plan)[number], into: Measured) => {
    await visitOnce(browser, person, start, into).catch((error: unknown) => {
      faults.push(`${measured.screen.name}: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  // Once unmeasured: the server loads a page's code when somebody first asks for it.
  for (const [done, one] of plan.entries()) {
    draw("first", done, plan.length);
    await attempt(one, noVisits(one.measured.screen));
  }
  for (let round = 0; round < rounds && faults.length === 0; round += 1) {
    for (const [done, one] of plan.entries()) {
      draw("measured", round * plan.length + done, rounds * plan.length);
      await attempt(one, one.measured);
    }
  }
  if (faults.length === 0) {
    const measured = plan.map((one) => one.measured);
    console.info(`\n${asTable([heads, ...measured.map(asRow)])}\n`);
    for (const { what, names } of laterThan(measured, usableWithinMs))
      console.info(
        `usable after ${String(usableWithinMs)} ms and more, ${what}: ${names.length === 0 ? "none" : `${String(names.length)} (${names.join(", ")})`}`,
      );
    console.info(
      `${String(rounds)} visits each; load average of the machine at the end: ${loadavg()[0]?.toFixed(1) ?? "?"}`,
    );
  }
} finally {
  await browser.close();
  await product.stop();
  if (kept === undefined) removeInstallation(folder);
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
