import { readLitellm } from "./litellm";
import type { NewPriceVersion } from "./price-version";
import { readSnapshot } from "./snapshot";

/** All prices that come with this release. */
export async function readBundled(): Promise<NewPriceVersion[]> {
  return [...(await readSnapshot()), ...readLitellm()];
}
