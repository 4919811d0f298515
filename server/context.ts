import { randomUUID } from "node:crypto";
import type { Actor } from "@/server/auth/permissions";
import { currentTime } from "@/server/clock";
import { type Db, withTenant } from "@/server/db";
import type { DomainEvent } from "@/server/events";

export interface Tenant {
  id: string;
  slug: string;
  name: string;
  /** IANA name; days, weeks and months of every report are this zone's. */
  timeZone: string;
  /** How long a figure stays provisional. */
  latencyBufferMinutes: number;
}

export type Emit = (event: DomainEvent) => Promise<void>;

/** A transaction of the tenant in each of the ways that the database distinguishes. */
export interface TenantDb {
  /** Read only, on the replica if there is one. */
  read<T>(fn: (db: Db) => Promise<T>): Promise<T>;
  write<T>(fn: (db: Db) => Promise<T>): Promise<T>;
  /** Closes months, which may take a minute; nothing else is worth a connection for so long. */
  books<T>(fn: (db: Db) => Promise<T>): Promise<T>;
  /** As the role that may write calls and read nothing back. */
  ingest<T>(fn: (db: Db) => Promise<T>): Promise<T>;
  /** As the role that may replace roll-ups. */
  rollup<T>(fn: (db: Db) => Promise<T>): Promise<T>;
}

/** Who is asking, for which tenant, when. Every verb takes it first. */
export interface Ctx {
  tenant: Tenant;
  actor: Actor;
  requestId: string;
  now: Date;
  db: TenantDb;
  /** Called after the commit; a verb does not know who listens. */
  emit: Emit;
}

export interface CtxParts {
  tenant: Tenant;
  actor: Actor;
  requestId?: string;
  now?: Date;
  emit?: Emit;
}

export function tenantDb(tenantId: string): TenantDb {
  return {
    read: (fn) => withTenant("report", tenantId, fn),
    write: (fn) => withTenant("app", tenantId, fn),
    books: (fn) => withTenant("books", tenantId, fn),
    ingest: (fn) => withTenant("ingest", tenantId, fn),
    rollup: (fn) => withTenant("jobs", tenantId, fn),
  };
}

export function createContext(parts: CtxParts): Ctx {
  return {
    tenant: parts.tenant,
    actor: parts.actor,
    requestId: parts.requestId ?? randomUUID(),
    now: parts.now ?? currentTime(),
    db: tenantDb(parts.tenant.id),
    emit: parts.emit ?? (() => Promise.resolve()),
  };
}
