import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { reconcileCustomers } from "./reconcile-customers";
import { reconcileProviders } from "./reconcile-providers";
import type { Difference } from "./schemas";

/** A difference as it is now. @throws DomainError NOT_FOUND where there is none any more */
export async function findDifference(
  ctx: Ctx,
  { month, link, key }: { month: string; link: string; key: string },
): Promise<Difference> {
  const side = link.startsWith("provider:") ? reconcileProviders : reconcileCustomers;
  const { links } = await side(ctx, { month });
  const found = links.find(({ id }) => id === link)?.differences.find((one) => one.key === key);
  if (!found) throw new DomainError("NOT_FOUND", "This difference is not there any more.");
  return found;
}
