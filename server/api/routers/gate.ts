import { gateBalances } from "@/server/gate/balances";
import { check } from "@/server/gate/check";
import { reserve } from "@/server/gate/reserve";
import { CheckInput, GateSettings, ReserveInput, SettleInput } from "@/server/gate/schemas";
import { gateSettings, setGateSettings } from "@/server/gate/settings";
import { settle } from "@/server/gate/settle";
import { allowed, keyAllowed, router } from "../trpc";

export const gateRouter = router({
  reserve: keyAllowed("gate:use")
    .input(ReserveInput)
    .mutation(({ ctx, input }) => reserve(ctx, input)),
  settle: keyAllowed("gate:use")
    .input(SettleInput)
    .mutation(({ ctx, input }) => settle(ctx, input)),
  check: keyAllowed("gate:use")
    .input(CheckInput)
    .query(({ ctx, input }) => check(ctx, input)),
  balances: allowed("budgets:read").query(({ ctx }) => gateBalances(ctx)),
  settings: allowed("budgets:read").query(({ ctx }) => gateSettings(ctx)),
  setSettings: allowed("budgets:write")
    .input(GateSettings)
    .mutation(({ ctx, input }) => setGateSettings(ctx, input)),
});
