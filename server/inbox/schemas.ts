import { z } from "zod";

export const RetryDeliveryInput = z.strictObject({ id: z.uuid() });
export type RetryDeliveryInput = z.infer<typeof RetryDeliveryInput>;
