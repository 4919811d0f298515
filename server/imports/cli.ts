// `npm run import`. Like the launcher, it completes the environment before server/env.ts reads it.
import { env as environment, exit, stderr, stdout } from "node:process";
import { LaunchError } from "@/server/launch/failure";
import { isDomainError } from "@/server/errors";
import { parseArguments, usage, UsageError } from "./cli-arguments";
import { environmentBeside } from "./installation";

async function main(args: string[]): Promise<void> {
  if (args.includes("--help") || args.length === 0) {
    stdout.write(`${usage}\n`);
    return;
  }
  const parsed = parseArguments(args);
  Object.assign(environment, await environmentBeside(environment));
  const { runCli } = await import("./cli-run");
  const { disconnect } = await import("@/server/db");
  try {
    await runCli(parsed, stdout);
  } finally {
    await disconnect();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isOurs = error instanceof UsageError || error instanceof LaunchError || isDomainError(error);
  stderr.write(`${isOurs ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  exit(1);
}
