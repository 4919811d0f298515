import { initTRPC } from "@trpc/server";
import { type Actor, type Right, requireRight } from "@/server/auth/permissions";
import type { SignedIn } from "@/server/auth/session";
import { type Ctx, createContext, type Emit, type Tenant } from "@/server/context";
import { DomainError, isDomainError } from "@/server/errors";
import { tenantForMember } from "@/server/tenants/for-member";
import { toTrpcError, wireError } from "./error-map";

/** What a request brings before anyone asked whom it speaks for; each door (Node, fetch, in-process) fills it in. */
export interface Transport {
  requestId: string;
  now: Date;
  /** The caller's address, for rate limits only. */
  address: string;
  /** Slug of the tenant that a signed-in person is looking at. */
  tenantSlug: string | null;
  session(): Promise<SignedIn | null>;
  key(): Promise<{ tenant: Tenant; actor: Extract<Actor, { kind: "key" }> } | null>;
  emit: Emit;
  /** The HTTP status of an answer that is not simply 200 or an error (per-item results). */
  status?: number;
}

const t = initTRPC.context<Transport>().create({
  errorFormatter: ({ shape, error, ctx }) => {
    const { code, data } = shape;
    const wire = wireError(error, ctx?.requestId ?? null);
    // Named one by one: the default shape carries a stack in development.
    return {
      code,
      message: wire.message,
      data: { httpStatus: data.httpStatus, path: data.path, ...wire.data },
    };
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Everybody. Maps what domain code throws, once for all procedures. */
export const publicProcedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  throw isDomainError(cause) ? toTrpcError(cause) : result.error;
});

/** A person who signed in; of which tenant does not matter yet. */
export const signedInProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const session = await ctx.session();
  if (!session) throw new DomainError("UNAUTHENTICATED", "Please sign in.");
  return next({ ctx: { ...ctx, session } });
});

async function memberContext(transport: Transport): Promise<Ctx> {
  const session = await transport.session();
  if (!session) throw new DomainError("UNAUTHENTICATED", "Please sign in, or send an API key.");
  const found =
    transport.tenantSlug === null ? null : await tenantForMember(session.personId, transport.tenantSlug);
  if (!found) throw new DomainError("NOT_FOUND", "There is no such tenant, or you are not a member of it.");
  const actor: Actor = { kind: "person", personId: session.personId, email: session.email, role: found.role };
  return createContext({ ...transport, tenant: found.tenant, actor });
}

async function keyContext(transport: Transport): Promise<Ctx | null> {
  const found = await transport.key();
  return found && createContext({ ...transport, tenant: found.tenant, actor: found.actor });
}

/** Whom a request speaks for: the tenant of its key, or the one that a member of it is looking at. */
export async function tenantContext(transport: Transport): Promise<Ctx> {
  return (await keyContext(transport)) ?? (await memberContext(transport));
}

/** A member of the tenant named by the request, or an app with one of its keys; `right` is what it takes. */
export function allowed(right: Right) {
  return publicProcedure.use(async ({ ctx, next }) => {
    const tenantCtx = await tenantContext(ctx);
    requireRight(tenantCtx.actor, right);
    return next({ ctx: { ...tenantCtx, transport: ctx } });
  });
}

/** An app with an API key that may do `right`; a session is not accepted. */
export function keyAllowed(right: Right) {
  return publicProcedure.use(async ({ ctx, next }) => {
    const tenantCtx = await keyContext(ctx);
    if (!tenantCtx)
      throw new DomainError("UNAUTHENTICATED", "Send an API key: Authorization: Bearer tl_live_…");
    requireRight(tenantCtx.actor, right);
    return next({ ctx: { ...tenantCtx, transport: ctx } });
  });
}
