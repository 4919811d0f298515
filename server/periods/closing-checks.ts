import { exportsDisagree } from "@/server/billing/exports-agree";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { isErasing } from "@/server/privacy/is-erasing";
import { isRepricing } from "@/server/repricing/is-repricing";
import { stateAndMarks } from "@/server/rollups/freshness-query";
import { rollUpShape } from "@/server/rollups/shape";
import { decideBlockers } from "./blockers";
import type { ClosedMonth } from "./closed-month";
import { waitingHours } from "./queries";
import type { Blocker } from "./schemas";

/** Asked in the transaction that would close the month, which holds the books. */
type ClosingCheck = (db: Db, ctx: Ctx, month: ClosedMonth) => Promise<Blocker[]>;

const ledgerIsSettled: ClosingCheck = async (db, ctx, { to }) => {
  const { id: tenantId, timeZone, latencyBufferMinutes } = ctx.tenant;
  const state = await stateAndMarks(db, tenantId);
  const isBuilt = state.timeZone === timeZone && state.shape === rollUpShape && state.rebuildTo === null;
  // Where nothing was ever rolled up, there was nothing.
  const isRebuilding = state.timeZone !== null && !isBuilt;
  const hours = await waitingHours(db, tenantId, to);
  const { oldestMarkedAt } = state;
  return decideBlockers({
    now: ctx.now,
    to,
    latencyBufferMinutes,
    oldestMarkedAt,
    waitingHours: hours,
    isRebuilding,
  });
};

const nothingIsRepriced: ClosingCheck = async (db, ctx) =>
  (await isRepricing(db, ctx))
    ? [
        {
          code: "repricing",
          sentence: "Calls are being priced anew.",
          advice: "The month is closed when that has ended (Prices, Repricing).",
          until: null,
        },
      ]
    : [];

const nobodyIsErased: ClosingCheck = async (db, ctx) =>
  (await isErasing(db, ctx))
    ? [
        {
          code: "erasing",
          sentence: "Somebody is being forgotten, and is under two names meanwhile.",
          advice: "The month is closed when that has ended (Settings, Privacy).",
          until: null,
        },
      ]
    : [];

const exportsAgree: ClosingCheck = async (db, ctx, month) => {
  const reasons = await exportsDisagree(db, ctx, month);
  if (reasons.length === 0) return [];
  return [
    {
      code: "exports",
      sentence: `What was exported of it does not agree with Stripe yet. ${reasons.join(" ")}`,
      advice:
        "Stripe is compared every six hours (Stripe, in the menu). Who knows better closes the month all the same, and says why.",
      until: null,
    },
  ];
};

/** Whoever else has a reason to keep a month open is asked here. */
export const closingChecks: readonly ClosingCheck[] = [
  ledgerIsSettled,
  nothingIsRepriced,
  nobodyIsErased,
  exportsAgree,
];
