import { randomUUID } from "node:crypto";
import { withJobs } from "@/server/db";
import { insertVersions } from "@/server/prices/queries";
import { instantDaysAgo } from "./rhythm";
import { stories } from "./stories";

/**
 * The earlier rates of the demo's fine-tuned model. The book is every tenant's, so the version speaks only of the demo's own
 * weeks and of a model family that few use; it says where it comes from, and holds for no call of the future.
 */
export async function plantPriceChange(now: Date, timeZone: string, days: number): Promise<void> {
  const { provider, bookModel, earlierRates, daysAgo } = stories.priceChange;
  const version = {
    id: randomUUID(),
    provider,
    model: bookModel,
    validFrom: instantDaysAgo(now, timeZone, days + 1),
    validTo: instantDaysAgo(now, timeZone, daysAgo),
    dailyFrom: null,
    dailyTo: null,
    source: "demo",
    sourceVersion: "1",
    rates: [...earlierRates],
  };
  // Of two versions valid at an instant the one known later holds: this one must come after the list.
  const knownFrom = new Date(now.getTime() + 1);
  await withJobs((db) => insertVersions(db, [version], knownFrom));
}
