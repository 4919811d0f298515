import { ingestStatus } from "@/server/calls/status";
import { allowed, router } from "../trpc";

export const onboardingRouter = router({
  status: allowed("calls:read").query(({ ctx }) => ingestStatus(ctx)),
});
