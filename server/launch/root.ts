import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the checkout, wherever the process was started. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
