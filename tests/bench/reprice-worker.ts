import { disconnect } from "@/server/db";
import { applyRepricing } from "@/server/repricing/apply";
import { systemContext } from "@/server/system-context";

// What the job does with an approved run, in a process that can be killed at any moment: it says so after every chunk.
const [tenantId = "", runId = ""] = process.argv.slice(2);
for (let more = true; more; process.send?.("chunk"))
  ({ more } = await applyRepricing(await systemContext(tenantId, "apply-repricing"), { runId }));
await disconnect();
process.disconnect();
