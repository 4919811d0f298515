import { z } from "zod";

/** Weeks begin on Monday, months on their first day, both in the tenant's zone. */
export const grains = ["week", "month"] as const;
export const Grain = z.enum(grains);
export type Grain = z.infer<typeof Grain>;
