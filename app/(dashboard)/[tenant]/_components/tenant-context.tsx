"use client";

import type { ReactNode } from "react";
import { createContext, useContext } from "react";
import type { Outputs } from "@/app/_trpc/client";
import type { Right } from "@/server/auth/permissions";

type Tenant = Outputs["tenants"]["current"];

const context = createContext<Tenant | null>(null);

export function TenantProvider({ tenant, children }: { tenant: Tenant; children: ReactNode }) {
  return <context.Provider value={tenant}>{children}</context.Provider>;
}

export function useTenant(): Tenant {
  const tenant = useContext(context);
  if (!tenant) throw new Error("useTenant needs the dashboard's layout around it.");
  return tenant;
}

/** For showing and hiding controls; the server decides anyway. */
export function useRight(right: Right): boolean {
  return useTenant().rights.includes(right);
}
