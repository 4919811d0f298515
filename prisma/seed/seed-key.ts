import type { Ctx } from "@/server/context";
import { createKey } from "@/server/keys/create";
import type { CreateKeyInput } from "@/server/keys/schemas";

/** A new API key of the tenant, as its app would hold it. */
export async function seedKey(ctx: Ctx, overrides: Partial<CreateKeyInput> = {}): Promise<string> {
  const { key } = await createKey(ctx, { name: "Seeded key", scopes: ["ingest"], ...overrides });
  return key;
}
