import type { Actor, Role } from "@/server/auth/permissions";
import { createContext, type Ctx } from "@/server/context";

export type DemoPerson = Extract<Actor, { kind: "person" }>;
export type DemoPeople = Record<Role, DemoPerson>;

/** As somebody would have done it at that time. Nothing is announced. */
export const as = ({ tenant }: Ctx, actor: DemoPerson, now: Date): Ctx =>
  createContext({ tenant, actor, now });
