import { z } from "zod";
import { DomainError } from "@/server/errors";

export const roles = ["owner", "admin", "finance", "viewer"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const scopes = ["ingest", "read", "gate"] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

/** Everything that a person, a key or a job can be allowed to do. */
export const rights = [
  "reports:read",
  "calls:read",
  "calls:write",
  "calls:import",
  "usage:write",
  "prices:read",
  "prices:write",
  "repricing:approve",
  "periods:write",
  "periods:reopen",
  "attribution:read",
  "attribution:write",
  "sources:read",
  "sources:write",
  "privacy:write",
  "keys:read",
  "keys:write",
  "members:read",
  "members:write",
  "owners:write",
  "tenant:read",
  "tenant:write",
  "audit:read",
  "bi:read",
  "bi:write",
  "views:write",
  "views:manage",
  "budgets:read",
  "budgets:write",
  "features:write",
  "alerts:read",
  "alerts:write",
  "incidents:write",
  "reviews:read",
  "reviews:write",
  "reviews:manage",
  "gate:use",
  "billing:read",
  "billing:write",
] as const;
export type Right = (typeof rights)[number];

const viewer = [
  "reports:read",
  "calls:read",
  "prices:read",
  "attribution:read",
  "tenant:read",
  "members:read",
  "views:write",
  "budgets:read",
  "alerts:read",
  "reviews:read",
] as const satisfies Right[];
const closesBooks = ["repricing:approve", "periods:write"] as const satisfies Right[];
const office = [
  ...viewer,
  "audit:read",
  "calls:import",
  "prices:write",
  "budgets:write",
  "features:write",
  "incidents:write",
  "reviews:write",
  "billing:read",
  "billing:write",
] as const satisfies Right[];
const admin = [
  ...office,
  "attribution:write",
  "sources:read",
  "sources:write",
  "privacy:write",
  "keys:read",
  "keys:write",
  "members:write",
  "tenant:write",
  "bi:read",
  "bi:write",
  "views:manage",
  "alerts:write",
  "reviews:manage",
] as const satisfies Right[];

/** The one permission table, shared with the screens. */
export const roleRights: Record<Role, readonly Right[]> = {
  owner: [...admin, ...closesBooks, "periods:reopen", "owners:write"],
  admin,
  finance: [...office, ...closesBooks],
  viewer,
};

export const scopeRights: Record<Scope, readonly Right[]> = {
  ingest: ["calls:write", "usage:write"],
  read: [
    "reports:read",
    "calls:read",
    "prices:read",
    "attribution:read",
    "tenant:read",
    "budgets:read",
    "alerts:read",
    "reviews:read",
  ],
  gate: ["gate:use"],
};

/** Tags that a key sets on every call that it sends; a caller cannot override them. */
export interface Pins {
  environment?: string;
  team?: string;
}

export type Actor =
  | { kind: "person"; personId: string; email: string; role: Role }
  | { kind: "key"; keyId: string; scopes: readonly Scope[]; pins: Pins }
  | { kind: "system"; job: string };

export function hasRight(actor: Actor, right: Right): boolean {
  switch (actor.kind) {
    case "person":
      return roleRights[actor.role].includes(right);
    case "key":
      return actor.scopes.some((scope) => scopeRights[scope].includes(right));
    case "system":
      return true;
  }
}

/** @throws DomainError FORBIDDEN */
export function requireRight(actor: Actor, right: Right): void {
  if (hasRight(actor, right)) return;
  const who = actor.kind === "key" ? "This API key lacks the scope" : "Your role does not allow this";
  throw new DomainError("FORBIDDEN", `${who} (${right}).`);
}

/** The person behind an action that only people may take. @throws DomainError FORBIDDEN */
export function requirePerson(actor: Actor): Extract<Actor, { kind: "person" }> {
  if (actor.kind === "person") return actor;
  throw new DomainError("FORBIDDEN", "Only a signed-in member can do this.");
}

/** How an actor is named in audit rows. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case "person":
      return actor.personId;
    case "key":
      return actor.keyId;
    case "system":
      return actor.job;
  }
}
