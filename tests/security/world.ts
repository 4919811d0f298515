import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { Role } from "@/server/auth/permissions";
import { addDays } from "@/server/calendar/local-day";
import { lastWholeMonth } from "@/server/calendar/month";
import type { Tenant } from "@/server/context";
import { seal } from "@/server/crypto/seal";
import { digestOf, randomToken } from "@/server/crypto/tokens";
import { confirmUpload, dataFileOf, reserveUpload } from "@/server/imports/uploads";
import { createKey } from "@/server/keys/create";
import { withClient } from "@/server/launch/provision";
import { kinds } from "@/server/recommendations/schemas";
import { lastWholeWeek } from "@/server/weekly-review/week";
import { cookieOf } from "../factories/door";
import { evidence, killBaseline, killFigures } from "../factories/kill-figures";
import { retryFinding } from "../factories/findings";
import { reviewFigures } from "../factories/review-figures";
import { makeMember, makePerson } from "../factories/person";
import { fillTables, type Owner, type Table } from "../factories/rows";
import { asAdmin, contextOf, system } from "../factories/tenant";
import { testDatabase } from "../setup/database";

/** A tenant whose every string, in every table, holds its canary; and the ways to speak for it. */
export interface World {
  owner: Owner;
  tenant: Tenant;
  /** Headers of a request by a person of that role who looks at the tenant. */
  as: Record<Role, Record<string, string>>;
  /** Of an app with a key of every scope. */
  key: Record<string, string>;
  /** Names of things in this tenant, as an input would give them. */
  ids: Ids;
  tables: Table[];
}

export interface Ids {
  /** Id of the key, the invitation, the import and the uploaded file. */
  id: string;
  personId: string;
  callId: string;
  userId: string;
  invitationToken: string;
  email: string;
  seq: string;
  slug: string;
}

/** The review that every world has, by its Monday: one of the weeks before the last, of which one may still be made. */
export const reviewWeek = addDays(lastWholeWeek(new Date(), "Asia/Kolkata"), -7);
/** The month of its statement. */
export const statementMonth = "2026-10-01";
/** And the kill review, by its month. */
export const killMonth = lastWholeMonth(new Date(), "Asia/Kolkata");

export async function makeWorld(canary: string): Promise<World> {
  const owner: Owner = { tenantId: randomUUID(), id: randomUUID(), canary };
  const invitationToken = randomToken();
  const tenant: Tenant = {
    id: owner.tenantId,
    slug: `${canary}-tenant-slug`,
    name: `${canary}-tenant-name`,
    timeZone: "Asia/Kolkata",
    latencyBufferMinutes: 60,
  };
  const far = new Date(Date.now() + 365 * 86_400_000).toISOString();
  const tables = await withClient(testDatabase().adminUrl, (admin) =>
    fillTables(admin, owner, {
      tenant: { time_zone: tenant.timeZone },
      import_run: {
        state: "done",
        mapping: JSON.stringify({
          columns: { occurredAt: `${canary}-column` },
          set: {},
          zone: "UTC",
          progressedAt: new Date().toISOString(),
        }),
      },
      audit_event: { actor_id: owner.id },
      // A row that withdraws another is no contract and no discount itself. Names as in `ids`, to be asked for.
      contract_version: {
        withdraws: null,
        provider: `${canary}-call-user-id`,
        model: `${canary}-call-call-id`,
      },
      price_rule: { withdraws: null },
      tenant_policy: {
        tag_policy: JSON.stringify({ feature: "unattributed" }),
        attribute_map: JSON.stringify({ [`${canary}-attribute`]: "feature" }),
      },
      attribution_rule: {
        conditions: JSON.stringify([{ field: "feature", op: "is", value: `${canary}-condition` }]),
        sets: JSON.stringify({ team: `${canary}-set` }),
      },
      attribution_run: { to_at: far },
      erasure: {
        subject: seal("erasure", owner.tenantId, JSON.stringify([`${canary}-nobody`])),
        phase: 0,
        cursor_at: null,
      },
      // A call that the gate let through, by the name of the user.
      gate_hold: {
        key: `${canary}-call-user-id`,
        state: "held",
        accounts: JSON.stringify([]),
        actual_usd: null,
        ended_at: null,
        lease_until: far,
      },
      // The account of Stripe's customer, by a name that can be asked for.
      billing_customer: { account_id: `${canary}-call-user-id`, customer_id: "cus_1" },
      account_revenue: { account_id: `${canary}-call-user-id`, customer_id: "cus_1" },
      billing_difference: { resolved_at: null },
      gate_setting: { settings: JSON.stringify({}) },
      saved_view: {
        screen: "overview",
        params: JSON.stringify([["f", `feature:${canary}-param`]]),
        shared: true,
        deleted_at: null,
      },
      bill_connection: { settings: JSON.stringify({}) },
      bill_pull: { file_facts: JSON.stringify({}), state: "done", done_at: new Date().toISOString() },
      // Closed after its repricing was previewed, which is outdated by that.
      period: {
        time_zone: tenant.timeZone,
        from_at: null,
        to_at: null,
        closed_at: new Date(Date.now() + 60_000).toISOString(),
      },
      // Of a month that nobody has closed, as far as the period's row tells.
      period_closing: { month: statementMonth, waits_for: JSON.stringify([]), closed_at: null },
      statement: {
        time_zone: tenant.timeZone,
        shape: 1,
        cost_usd: 40,
        corrections_usd: 20,
        reopened_at: null,
        reopened_by: null,
        reopen_reason: null,
      },
      rate_plan: { retired_at: null },
      rate_plan_version: {
        terms: JSON.stringify({
          name: `${canary}-rate-plan`,
          components: [{ kind: "flat", label: `${canary}-fee`, usd: "49.00" }],
          minimumUsd: null,
          discountPercent: "0",
          tax: { kind: "none" },
        }),
      },
      invoice_account: {
        account_id: `${canary}-call-user-id`,
        is_billed: true,
        details: JSON.stringify({ name: `${canary}-customer` }),
      },
      invoice_issuer: { details: JSON.stringify({ name: `${canary}-issuer` }) },
      // A draft of somebody without calls: by the plan's fee alone.
      invoice: {
        account_id: `${canary}-call-user-id`,
        shape: 1,
        customer: JSON.stringify({
          name: `${canary}-customer`,
          addressLines: [],
          email: "",
          vatId: "",
          dueDays: 14,
          tax: { kind: "none" },
        }),
        issuer: JSON.stringify({
          name: `${canary}-issuer`,
          addressLines: [],
          vatId: "",
          bankLines: [],
          note: "",
        }),
      },
      budget: { subject_kind: "feature", valid_to: null, thresholds: "{70,100}" },
      // The made message waits for a channel whose address nobody can open.
      destination: {
        routes: JSON.stringify({ teams: [`${canary}-route`], severities: [], rules: [] }),
        reason: null,
        not_before: null,
        deleted_at: null,
      },
      alert_setting: {
        rule: "spike",
        subject_kind: "feature",
        subject_key: `${canary}-watched`,
        params: "{}",
      },
      incident_event: { kind: "opened" },
      incident: {
        rule: "spike",
        subject_kind: "feature",
        subject_key: `${canary}-subject`,
        details: JSON.stringify({ sentence: `${canary}-sentence` }),
        window_start: new Date(Date.now() - 3_600_000).toISOString(),
        snoozed_until: null,
        resolved_at: null,
      },
      weekly_review: {
        week: reviewWeek,
        time_zone: tenant.timeZone,
        shape: 1,
        figures: JSON.stringify(reviewFigures({ feature: `${canary}-reviewed` })),
        done_at: null,
        done_by: null,
      },
      weekly_review_step: { week: reviewWeek, step: "spend", note: `${canary}-noted` },
      kill_review: {
        month: killMonth,
        time_zone: tenant.timeZone,
        shape: 1,
        figures: JSON.stringify(killFigures()),
      },
      kill_review_item: {
        month: killMonth,
        feature: `${canary}-judged`,
        suggestion: "kill",
        is_bottom: true,
        guard: null,
        evidence: JSON.stringify(evidence({ teams: [`${canary}-judging`], reason: `${canary}-because` })),
      },
      kill_decision: {
        month: killMonth,
        feature: `${canary}-judged`,
        version: 1,
        due_on: "2026-12-31",
        baseline: JSON.stringify(killBaseline()),
        merge_into: null,
      },
      kill_reminder: { feature: `${canary}-judged`, version: 1, kind: "before" },
      recommendation: {
        shape: 1,
        finding: JSON.stringify(retryFinding({ feature: `${canary}-recommended` })),
        holds: true,
        state: "open",
        due_on: null,
        baseline: null,
        measured: null,
      },
      recommendation_look: {
        shape: 1,
        facts: JSON.stringify({
          calls: 60,
          costUsd: "60",
          unpricedCalls: 0,
          looked: Object.fromEntries(kinds.map((kind) => [kind, { candidates: 1, found: 1 }])),
        }),
      },
      delivery: { message: null, claimed_until: null, digest_id: null },
      bi_login: { role_name: `tlr_${owner.id.replaceAll("-", "").slice(0, 20)}` },
      price_rate: { service: "standard" },
      contract_rate: { service: "standard" },
      reprice_run: {
        state: "previewed",
        scope: JSON.stringify({ from: "2026-01-01T00:00:00Z", to: far, onlyUnpriced: false }),
      },
      rollup_state: { time_zone: tenant.timeZone },
      rollup_day: { kind: "llm" },
      // The run of the made call.
      rollup_run_day: {
        run_id: `${canary}-call-run-id`,
        first_at: new Date(Date.now() - 120_000).toISOString(),
      },
      rollup_day_by: { dimension: "feature" },
      rollup_slot_by: { dimension: "feature" },
      rollup_month_by: { dimension: "feature" },
      rollup_block: { kind: "llm", days: 4 },
      rollup_block_by: { dimension: "user_id", days: 4 },
      rollup_user_block: { days: 4 },
      rollup_run_total: { dimension: "all" },
      rollup_run_size: { dimension: "all" },
      rollup_slot: { kind: "llm", slot: new Date(Math.floor(Date.now() / 900_000) * 900_000).toISOString() },
      call: {
        kind: "llm",
        occurred_at: new Date(Date.now() - 60_000).toISOString(),
        tags: JSON.stringify({ note: `${canary}-tag` }),
      },
      call_seen: { call_id: `${canary}-call-call-id` },
      invitation: {
        accepted_at: null,
        revoked_at: null,
        expires_at: far,
        token_digest: digestOf(invitationToken),
      },
      api_key: { expires_at: far, revoked_at: null, pins: JSON.stringify({ team: `${canary}-pin` }) },
    }),
  );
  await makeUpload(owner);
  // The seen id has the time of its call, as ingest writes them.
  await asAdmin(
    "UPDATE call_seen s SET occurred_at = c.occurred_at FROM call c WHERE c.tenant_id = s.tenant_id AND s.tenant_id = $1",
    [tenant.id],
  );
  const slugHeader = { "x-tokenledger-tenant": tenant.slug };
  const headersOf = async (role: Role) => ({
    ...slugHeader,
    cookie: await cookieOf(
      (
        await makeMember(
          tenant,
          role,
          await makePerson({ name: `${canary}-${role}`, email: `${canary}-${role}@example.com` }),
        )
      ).personId,
    ),
  });
  const as = {
    owner: await headersOf("owner"),
    admin: await headersOf("admin"),
    finance: await headersOf("finance"),
    viewer: await headersOf("viewer"),
  };
  const { key } = await createKey(contextOf(tenant, system, new Date()), {
    name: `${canary}-key`,
    scopes: ["ingest", "read", "gate"],
  });
  return {
    owner,
    tenant,
    as,
    key: { authorization: `Bearer ${key}` },
    tables,
    ids: {
      id: owner.id,
      personId: owner.id,
      callId: `${canary}-call-call-id`,
      userId: `${canary}-call-user-id`,
      invitationToken,
      email: `${canary}-person-email`,
      seq: "60",
      slug: tenant.slug,
    },
  };
}

/** A file that waits to be imported, under the same id as everything else of this owner. */
async function makeUpload({ id, tenantId, canary }: Owner): Promise<void> {
  const file = `occurredAt,id,model,feature\n2026-11-01T00:00:00Z,${canary}-row,gpt-4o,${canary}-feature\n`;
  await reserveUpload(id, tenantId, `${canary}.csv`);
  await writeFile(dataFileOf(id), file);
  await confirmUpload(id, { sha256: digestOf(file).toString("hex"), bytes: file.length });
}

/** Names of the same shape of things that are nowhere. */
export const absentIds = (): Ids => ({
  id: randomUUID(),
  personId: randomUUID(),
  callId: "canary-nil-call-call-id",
  userId: "canary-nil-call-user-id",
  invitationToken: randomToken(),
  email: "canary-nil-person-email",
  seq: "60",
  slug: "canary-nil-tenant-slug",
});
