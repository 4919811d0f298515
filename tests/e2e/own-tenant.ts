import { randomBytes, randomUUID } from "node:crypto";
import { digestOf } from "@/server/crypto/tokens";
import { formatKey, keyEntropyBytes } from "@/server/keys/token";
import { demoFacts } from "@/tests/setup/demo";
import { ledger } from "./ledger";

export interface OwnTenant {
  id: string;
  ingestKey: string;
  readKey: string;
}

/** A tenant without a call, so that whatever its list shows was sent by the journey. */
export async function ownTenant(slug: string): Promise<OwnTenant> {
  const id = randomUUID();
  await ledger("INSERT INTO tenant (tenant_id, slug, name) VALUES ($1, $2, $2)", [id, slug]);
  return { id, ingestKey: await addKey(id, "ingest"), readKey: await addKey(id, "read") };
}

/** @returns the key itself, which the ledger does not keep */
export async function addKey(tenantId: string, scope: string): Promise<string> {
  const { key, publicId } = formatKey(randomBytes(keyEntropyBytes));
  await ledger(
    "INSERT INTO api_key (tenant_id, public_id, digest, name, scopes) VALUES ($1, $2, $3, $4, ARRAY[$4])",
    [tenantId, publicId, digestOf(key), scope],
  );
  return key;
}

/** What a reader of the ledger can tell of a call; counts that are 0 and facts that are unknown are left out. */
export type ToldCall = Record<string, unknown>;

const told = [
  "provider",
  "model",
  "userId",
  "feature",
  "team",
  "promptId",
  "promptVersion",
  "errorClass",
  "costUsd",
  "priceStatus",
  "reportedCostUsd",
  "source",
] as const;

/** Every call of the tenant by the API, with its buckets, in an order that does not hang on time. */
export async function callsOf(tenant: OwnTenant): Promise<ToldCall[]> {
  const { calls } = await query<{ calls: { id: string }[] }>(tenant, "calls.list", { limit: 100 });
  const details = await Promise.all(
    calls.map(({ id }) => query<{ call: Record<string, unknown> }>(tenant, "calls.show", { id })),
  );
  return inOrder(
    details.map(({ call }) => ({
      ...Object.fromEntries(told.flatMap((name) => (call[name] === null ? [] : [[name, call[name]]]))),
      ...(call.cache === "none" ? {} : { cache: call.cache }),
      ...Object.fromEntries(Object.entries(call.units as object).filter(([, count]) => count !== 0)),
    })),
  );
}

/** The order in which callsOf gives them: that of all their facts. */
export function inOrder(calls: readonly ToldCall[]): ToldCall[] {
  const factsOf = (call: ToldCall) => JSON.stringify(Object.entries(call).sort());
  return calls.toSorted((one, other) => (factsOf(one) < factsOf(other) ? -1 : 1));
}

/** A question of the read API, asked with a read key. */
export async function query<Output>(
  { readKey }: OwnTenant,
  procedure: string,
  input: object,
): Promise<Output> {
  const text = encodeURIComponent(JSON.stringify(input));
  const answer = await fetch(`${demoFacts().url}/api/trpc/${procedure}?input=${text}`, {
    headers: { Authorization: `Bearer ${readKey}` },
  });
  const body = (await answer.json()) as { result?: { data: Output } };
  if (!body.result) throw new Error(`${procedure} answered ${String(answer.status)}`);
  return body.result.data;
}
