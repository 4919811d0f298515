import type { CallInput } from "@/server/calls/schemas";
import { applyRules } from "./apply-rules";
import type { Arrival } from "./rule-value";
import { type PolicyTag, policyTags, type TenantPolicy } from "./schemas";

export interface Attribution {
  /** With the rules applied; the same object if they say nothing of it. */
  call: CallInput;
  /** Tags that the tenant wants and the call lacks: it is counted as unattributed. */
  missing: readonly PolicyTag[];
  /** The tenant refuses calls like this one. */
  refusal: { code: "TAG_REQUIRED"; field: PolicyTag; message: string } | null;
}

export interface AttributeOptions extends Arrival {
  /** A parent that is still on its way may bring the tag (spans of traces): nothing is refused for lack of it. */
  mayInherit?: boolean;
}

const none: readonly PolicyTag[] = [];

function lacks(call: CallInput, tag: PolicyTag): boolean {
  if (call[tag] !== undefined) return false;
  if (!call.shares || tag === "environment" || tag === "prompt") return true;
  return call.shares.some((share) => share[tag] === undefined);
}

/**
 * Applies the tenant's rules to a call and then its tag policy. User ids must be pseudonyms by now if the tenant wants
 * them to be, since its rules speak of what the ledger holds.
 */
export function attributeCall(
  policy: Pick<TenantPolicy, "tagPolicy" | "rules">,
  sent: CallInput,
  options: AttributeOptions,
): Attribution {
  const call = applyRules(policy.rules, sent, options);
  let missing: PolicyTag[] | null = null;
  for (const tag of policyTags) {
    const mode = policy.tagPolicy[tag];
    if (mode === undefined || mode === "accept" || !lacks(call, tag)) continue;
    if (mode === "reject" && options.mayInherit !== true) {
      const message = `is required by your tag policy; the call is kept in quarantine`;
      return { call, missing: [tag], refusal: { code: "TAG_REQUIRED", field: tag, message } };
    }
    (missing ??= []).push(tag);
  }
  return { call, missing: missing ?? none, refusal: null };
}
