// `npm start`. Plain JavaScript on Node's own modules, because it installs everything else.
import { install, requireNode } from "./install.mjs";
import { createSteps } from "./steps.mjs";

const steps = createSteps();

function fail(error) {
  const expected = error.name === "InstallError" || error.name === "LaunchError";
  process.stderr.write(`\n${expected ? error.message : (error.stack ?? String(error))}\n`);
  if (error.details) process.stderr.write(`${error.details}\n`);
  process.exit(1);
}

// Until the launcher has something to stop, a signal just ends us; what is half-installed is repaired next time.
const interrupted = { SIGINT: () => process.exit(130), SIGTERM: () => process.exit(143) };
for (const [signal, end] of Object.entries(interrupted)) process.once(signal, end);

try {
  requireNode();
  steps.print("Tokenledger");
  await install(steps);
  const { register } = await import("tsx/esm/api");
  register();
  const { launch } = await import("./main.ts");
  for (const [signal, end] of Object.entries(interrupted)) process.off(signal, end);
  await launch({ environment: process.env, args: process.argv.slice(2), steps });
} catch (error) {
  fail(error);
}
