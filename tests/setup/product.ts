import { join } from "node:path";
import { removeInstallation, startProduct } from "./start-product";
import { makeTemporaryFolder } from "./temporary-folder";

/** Starts the real product for the browser tests, as a person would: an empty data folder, the demo tenant, one command. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataFolder = makeTemporaryFolder("e2e");
  const outputFile = join(dataFolder, "output.log");
  process.env.E2E_DATA_DIR = dataFolder;
  process.env.E2E_OUTPUT_FILE = outputFile;
  try {
    const product = await startProduct({ dataFolder, port: Number(process.env.E2E_PORT), outputFile });
    return async () => {
      await product.stop();
      removeInstallation(dataFolder);
    };
  } catch (error) {
    removeInstallation(dataFolder);
    throw error;
  }
}
