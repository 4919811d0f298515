import { removeInstallation, startProduct } from "./start-product";
import { makeTemporaryFolder } from "./temporary-folder";

/** Starts the real product for the browser tests, as a person would: an empty data folder, the demo tenant, one command. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataFolder = makeTemporaryFolder("e2e");
  process.env.E2E_DATA_DIR = dataFolder;
  try {
    const product = await startProduct({ dataFolder, port: Number(process.env.E2E_PORT) });
    return async () => {
      await product.stop();
      removeInstallation(dataFolder);
    };
  } catch (error) {
    removeInstallation(dataFolder);
    throw error;
  }
}
