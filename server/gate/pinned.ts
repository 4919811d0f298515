import type { Actor } from "@/server/auth/permissions";

/** Tags that the key sets on every call of its: whatever the caller says, its budgets are those of the key's team. */
export function pinned<Asked extends { team?: string | undefined; environment?: string | undefined }>(
  actor: Actor,
  asked: Asked,
): Asked {
  return actor.kind === "key" ? { ...asked, ...actor.pins } : asked;
}
