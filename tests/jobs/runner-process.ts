// A process that does nothing but run the jobs of the app at the URL in its argument, so that a test can kill it.
import { disconnect } from "@/server/db";
import { startRunner } from "@/server/jobs/runner";
import { silent } from "./test-app";

const runner = await startRunner({ baseUrl: process.argv[2] ?? "", log: silent });
process.once("SIGTERM", () => {
  void runner.stop().then(disconnect);
});
process.stdout.write("running\n");
