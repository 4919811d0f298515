import { allowed, router } from "@/server/api/trpc";
import { applyRule } from "@/server/attribution/apply-rule";
import { listRules } from "@/server/attribution/list-rules";
import { listRuns } from "@/server/attribution/list-runs";
import { previewRule } from "@/server/attribution/preview-rule";
import { retireRule } from "@/server/attribution/retire-rule";
import { revertRun } from "@/server/attribution/revert-run";
import { saveRule } from "@/server/attribution/save-rule";
import {
  ApplyRuleInput,
  ListRulesInput,
  PreviewRuleInput,
  RetireRuleInput,
  RunInput,
  SaveRuleInput,
  SetAttributeMapInput,
  SetTagPolicyInput,
} from "@/server/attribution/schemas";
import { setAttributeMap } from "@/server/attribution/set-attribute-map";
import { setTagPolicy } from "@/server/attribution/set-tag-policy";
import { showAttribution } from "@/server/attribution/show";
import { showRun } from "@/server/attribution/show-run";

export const attributionRouter = router({
  show: allowed("attribution:read").query(({ ctx }) => showAttribution(ctx)),
  setTagPolicy: allowed("attribution:write")
    .input(SetTagPolicyInput)
    .mutation(({ ctx, input }) => setTagPolicy(ctx, input)),
  setAttributeMap: allowed("attribution:write")
    .input(SetAttributeMapInput)
    .mutation(({ ctx, input }) => setAttributeMap(ctx, input)),
  rules: allowed("attribution:read")
    .input(ListRulesInput)
    .query(({ ctx, input }) => listRules(ctx, input)),
  saveRule: allowed("attribution:write")
    .input(SaveRuleInput)
    .mutation(({ ctx, input }) => saveRule(ctx, input)),
  retireRule: allowed("attribution:write")
    .input(RetireRuleInput)
    .mutation(({ ctx, input }) => retireRule(ctx, input)),
  // A mutation although it changes nothing: its conditions may name a person, and addresses end in logs.
  previewRule: allowed("attribution:read")
    .input(PreviewRuleInput)
    .mutation(({ ctx, input }) => previewRule(ctx, input)),
  applyRule: allowed("attribution:write")
    .input(ApplyRuleInput)
    .mutation(({ ctx, input }) => applyRule(ctx, input)),
  revertRun: allowed("attribution:write")
    .input(RunInput)
    .mutation(({ ctx, input }) => revertRun(ctx, input)),
  run: allowed("attribution:read")
    .input(RunInput)
    .query(({ ctx, input }) => showRun(ctx, input)),
  runs: allowed("attribution:read").query(({ ctx }) => listRuns(ctx)),
});
