import { applyRepricing } from "@/server/repricing/apply";
import { approveRepricing } from "@/server/repricing/approve";
import { previewRepricing } from "@/server/repricing/preview";
import { requestRepricing } from "@/server/repricing/request";
import type { RequestRepricingInput } from "@/server/repricing/schemas";
import { showRepricing } from "@/server/repricing/show";
import type { Tenant } from "@/server/context";
import { contextOf, personWith, system } from "../factories/tenant";

type Verb = typeof applyRepricing;

/** What the job does with a run: chunk by chunk until nothing is left. @returns how many chunks */
async function drain(verb: Verb, tenant: Tenant, runId: string, at: Date): Promise<number> {
  for (let chunks = 1; ; chunks += 1) {
    const { more } = await verb(contextOf(tenant, system, at), { runId });
    if (!more) return chunks;
  }
}

export const previewAll = (tenant: Tenant, runId: string, at: Date) =>
  drain(previewRepricing, tenant, runId, at);
export const applyAll = (tenant: Tenant, runId: string, at: Date) => drain(applyRepricing, tenant, runId, at);

export const show = (tenant: Tenant, id: string, at: Date) =>
  showRepricing(contextOf(tenant, personWith("viewer"), at), { id });

/** A run that was asked for and previewed. */
export async function previewed(
  tenant: Tenant,
  scope: RequestRepricingInput["scope"],
  at: Date,
): Promise<string> {
  const ctx = contextOf(tenant, personWith("admin"), at);
  const { id } = await requestRepricing(ctx, { scope, reason: "The list was wrong." });
  await previewAll(tenant, id, at);
  return id;
}

/** Somebody from finance looks, and says yes. */
export async function approve(tenant: Tenant, id: string, at: Date): Promise<void> {
  const { callsChanged, deltaUsd } = await show(tenant, id, at);
  await approveRepricing(contextOf(tenant, personWith("finance"), at), { id, callsChanged, deltaUsd });
}

/** From the request to the end. */
export async function reprice(
  tenant: Tenant,
  scope: RequestRepricingInput["scope"],
  at: Date,
): Promise<string> {
  const id = await previewed(tenant, scope, at);
  await approve(tenant, id, at);
  await applyAll(tenant, id, at);
  return id;
}
