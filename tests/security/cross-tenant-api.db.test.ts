import "../factories/data-folder";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as permissions from "@/server/auth/permissions";
import { createKey } from "@/server/keys/create";
import * as keyQueries from "@/server/keys/queries";
import { revokeKey } from "@/server/keys/revoke";
import { withClient } from "@/server/launch/provision";
import * as memberships from "@/server/tenants/for-member";
import { type Answer, cookieOf, type Door, openDoor } from "../factories/door";
import { makeMember, makePerson } from "../factories/person";
import { fingerprints } from "../factories/rows";
import { asAdmin, contextOf, loadPrices, system } from "../factories/tenant";
import { testDatabase } from "../setup/database";
import { type ProcedureCase, procedureCases } from "./procedure-cases";
import { procedures } from "./procedures";
import { absentIds, makeWorld, type World } from "./world";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

const names = procedures.map(({ name }) => name);
const isQuery = (name: string) => procedures.some((one) => one.name === name && one.type === "query");
const caseOf = (name: string): ProcedureCase => procedureCases[name] ?? { door: "public", naming: [] };

const { roleRights, roles } = permissions;

let ada: World;
let bob: World;
/** Tries things under the names of others, and so fills her own tenant with them. */
let eve: World;
let door: Door;
beforeAll(async () => {
  await loadPrices(new Date());
  ada = await makeWorld("canary-ada");
  bob = await makeWorld("canary-bob");
  eve = await makeWorld("canary-eve");
  door = await openDoor();
});
afterAll(() => door.close());

let asked = 0;
function ask(name: string, input: unknown, headers: Record<string, string>): Promise<Answer> {
  asked += 1;
  return isQuery(name) ? door.query(name, input, headers) : door.mutate(name, input, headers);
}

const ofTheMoment = new Set(["date", "x-request-id", "content-length"]);
/** What two answers must have in common: all but the request's own number, the time, and the names that were sent. */
function essence({ status, headers, text }: Answer, sent: object = {}) {
  const plain = text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replace(/"requestId":"[^"]*"/g, "")
    // What was made for this answer alone.
    .replace(/"id":"[0-9a-f-]{36}"|token=[\w-]+/g, "NEW");
  const named = Object.values(sent).reduce<string>((body, id) => body.replaceAll(String(id), "ID"), plain);
  const body = named.replace(/canary-(ada|bob|eve|nil)/g, "canary");
  return { status, body, headers: Object.entries(headers).filter(([name]) => !ofTheMoment.has(name)) };
}
const holds = (answer: Answer, world: World) =>
  [world.owner.canary, world.owner.tenantId, world.owner.id].some((mark) =>
    (answer.text + JSON.stringify(answer.headers)).includes(mark),
  );
const printOf = (world: World) =>
  withClient(testDatabase().adminUrl, (admin) => fingerprints(admin, world.tables, world.tenant.id));

it("every procedure has a case, and every case a procedure", () => {
  expect(names.sort()).toEqual(Object.keys(procedureCases).sort());
});

const named = names.flatMap((name) => (typeof caseOf(name).naming === "string" ? [] : [name]));

describe("of another tenant", () => {
  it.each(named)(
    "%s answers for things of others as for things that are nowhere, and changes nothing",
    async (name) => {
      const { naming } = caseOf(name);
      if (typeof naming === "string") throw new Error("unreachable");
      const before = await printOf(bob);
      for (const headers of [eve.as.owner, eve.key]) {
        for (const input of naming) {
          // Absent first and last: a first try may have an effect on the own tenant that a second one sees.
          const [one, other] = [absentIds(), absentIds()];
          const first = essence(await ask(name, input(one), headers), one);
          const foreign = await ask(name, input(bob.ids), headers);
          const last = essence(await ask(name, input(other), headers), other);
          // What the caller sent may come back; beyond that nothing of the other tenant does.
          const echoed = Object.values(bob.ids).reduce<string>(
            (text, id) => text.replaceAll(String(id), ""),
            foreign.text,
          );
          expect(holds({ ...foreign, text: echoed }, bob), foreign.text).toBe(false);
          expect([first, last]).toContainEqual(essence(foreign, bob.ids));
        }
      }
      expect(await printOf(bob)).toEqual(before);
    },
  );

  it.each(names)("%s never shows a canary of others, whoever asks for whatever tenant", async (name) => {
    const { own } = caseOf(name);
    const stranger = await makePerson({ name: "stranger" });
    const left = await makePerson();
    await makeMember(bob.tenant, "admin", left);
    await asAdmin("DELETE FROM member WHERE person_id = $1", [left.personId]);
    const slug = { "x-tokenledger-tenant": bob.tenant.slug };
    const before = await printOf(bob);
    const callers: Record<string, string>[] = [
      { ...ada.as.owner, ...slug },
      { ...slug, cookie: await cookieOf(stranger.personId) },
      { ...slug, cookie: await cookieOf(left.personId) },
      { ...slug, cookie: await cookieOf(bob.owner.id, 59) },
      { ...slug, cookie: "next-auth.session-token=forged" },
      { ...ada.key, ...slug },
      slug,
    ];
    for (const headers of callers) {
      // A person who signed in may change their own password: not with a session that the other checks still need.
      if (caseOf(name).door === "signed in" && !isQuery(name)) continue;
      // A token opens what it is for, to whoever holds it.
      const answer = await ask(name, own?.(ada.ids), headers);
      expect(holds(answer, bob), `${name} ${JSON.stringify(headers)} ${answer.text}`).toBe(false);
      expect(answer.status === 500 || answer.status === 599, answer.text).toBe(false);
    }
    if (caseOf(name).door === "tenant") {
      const foreign = await ask(name, own?.(ada.ids), { ...ada.as.owner, ...slug });
      const absent = await ask(name, own?.(ada.ids), {
        ...ada.as.owner,
        "x-tokenledger-tenant": "canary-nil-tenant-slug",
      });
      expect(essence(foreign)).toEqual(essence(absent));
      expect(foreign.status).toBe(404);
    }
    expect(await printOf(bob)).toEqual(before);
  });
});

describe("within a tenant", () => {
  const guarded = names.filter((name) => caseOf(name).door !== "public");

  it.each(guarded)("%s asks who it is", async (name) => {
    const input = caseOf(name).own?.(ada.ids);
    const anonymous = { "x-tokenledger-tenant": ada.tenant.slug };
    const facts = { ...contextOf(ada.tenant, system, new Date()) };
    const { key, id } = await createKey(facts, { name: "revoked", scopes: ["ingest", "read", "gate"] });
    await revokeKey(facts, { id });
    for (const headers of [
      anonymous,
      {},
      { ...anonymous, authorization: `Bearer ${key}` },
      { ...ada.as.owner, authorization: "Bearer tl_live_nonsense" },
    ]) {
      const isPersons = caseOf(name).door === "signed in";
      if (isPersons && "cookie" in headers) continue;
      expect((await ask(name, input, headers)).status, JSON.stringify(headers)).toBe(401);
    }
  });

  const lowerRoles = names.flatMap((name) =>
    caseOf(name).door === "tenant" ? roles.map((role): [string, permissions.Role] => [name, role]) : [],
  );

  it.each(
    lowerRoles.filter(([name, role]) => !roleRights[role].includes(caseOf(name).right ?? "owners:write")),
  )("%s refuses a %s", async (name, role) => {
    const before = await printOf(ada);
    expect((await ask(name, caseOf(name).own?.(ada.ids), ada.as[role])).status).toBe(403);
    expect(await printOf(ada)).toEqual(before);
  });

  it.each(["ingest", "read", "gate"] as const)(
    "a key with the scope %s alone gets no further",
    async (scope) => {
      const { key } = await createKey(contextOf(ada.tenant, system, new Date()), {
        name: scope,
        scopes: [scope],
      });
      const open: string[] = [];
      for (const name of names) {
        if (caseOf(name).door !== "tenant" && caseOf(name).door !== "key") continue;
        const { status } = await ask(name, caseOf(name).own?.(absentIds()), {
          authorization: `Bearer ${key}`,
        });
        if (status !== 403) open.push(name);
      }
      const expected = { ingest: ["ingest.calls", "ingest.identify", "ingest.usage"], read: ["alerts.backtest", "alerts.rules", "attribution.previewRule", "attribution.rules", "attribution.run", "attribution.runs", "attribution.show", "bills.files", "bills.match", "bills.month", "bills.providers", "bills.trend", "budgets.forecast", "budgets.history", "budgets.list", "calls.list", "calls.outliers", "calls.quarantine", "calls.quarantineCount", "calls.quarantined", "calls.related", "calls.show", "delivery.list", "delivery.messages", "features.events", "features.list", "gate.balances", "gate.settings", "incidents.list", "incidents.read", "invoices.accounts", "invoices.issuer", "invoices.list", "invoices.month", "invoices.months", "invoices.plan", "invoices.plans", "invoices.previewPlan", "invoices.read", "invoices.verify", "killReview.history", "killReview.list", "killReview.preview", "killReview.read", "onboarding.status", "periods.list", "prices.feeds", "prices.list", "prices.model", "prices.notices", "recommendations.list", "reconciliation.accounts", "reconciliation.customers", "reconciliation.providers", "reports.breakdown", "reports.cache", "reports.coverage", "reports.errors", "reports.explain", "reports.featureValue", "reports.growth", "reports.hours", "reports.margin", "reports.plans", "reports.promptChanges", "reports.promptVersions", "reports.requestCost", "reports.retention", "reports.retryTax", "reports.run", "reports.runs", "reports.spend", "reports.throttle", "reports.trend", "reports.unmatchedFeatures", "reports.userSpread", "reports.userStates", "reports.values", "reports.why", "reports.whyUsers", "reports.windows", "repricing.list", "repricing.show", "retention.settings", "reviews.list", "reviews.read", "statements.months", "statements.read", "statements.sinceClosed", "statements.verify", "statements.view", "tenants.current"], gate: ["gate.check", "gate.reserve", "gate.settle"] }; // prettier-ignore
      expect(open.sort()).toEqual(expected[scope]);
    },
  );

  it("a member who was removed is out at the next request", async () => {
    const person = await makePerson();
    await makeMember(ada.tenant, "admin", person);
    const headers = { "x-tokenledger-tenant": ada.tenant.slug, cookie: await cookieOf(person.personId) };
    expect((await ask("keys.list", undefined, headers)).status).toBe(200);
    await asAdmin("UPDATE member SET role = 'viewer' WHERE person_id = $1", [person.personId]);
    expect((await ask("keys.list", undefined, headers)).status).toBe(403);
    await asAdmin("DELETE FROM member WHERE person_id = $1", [person.personId]);
    expect((await ask("keys.list", undefined, headers)).status).toBe(404);
  });

  it.each(names)("%s works for one's own (positive control)", async (name) => {
    const { own, shows, status, door: way } = caseOf(name);
    const person = await makePerson({ name: "canary-ada-control" });
    // Another case may have withdrawn it.
    await asAdmin("UPDATE invitation SET revoked_at = NULL WHERE tenant_id = $1", [ada.tenant.id]);
    await makeMember(ada.tenant, "owner", person);
    const headers =
      way === "key"
        ? ada.key
        : { "x-tokenledger-tenant": ada.tenant.slug, cookie: await cookieOf(person.personId) };
    const answer = await ask(name, own?.(ada.ids), headers);
    expect(answer.status, answer.text).toBe(status ?? 200);
    if (shows) expect(holds(answer, ada), answer.text).toBe(true);
    expect(answer.headers["cache-control"]).toBe("private, no-store");
  });
});

/** With a guard broken, the very checks above see it. */
describe("mutation control", () => {
  it("sees a membership that is not asked for", async () => {
    vi.spyOn(memberships, "tenantForMember").mockResolvedValue({ tenant: bob.tenant, role: "viewer" });
    const stranger = await makePerson();
    const headers = { "x-tokenledger-tenant": bob.tenant.slug, cookie: await cookieOf(stranger.personId) };
    expect(holds(await ask("calls.list", {}, headers), bob)).toBe(true);
  });

  it("sees a right that is not asked for", async () => {
    vi.spyOn(permissions, "requireRight").mockImplementation(() => undefined);
    expect((await ask("keys.create", { name: "k", scopes: ["read"] }, ada.as.viewer)).status).toBe(200);
  });

  it("sees that a foreign key is told apart from an absent one", async () => {
    vi.spyOn(keyQueries, "keyExists").mockImplementation((_db, { id }) => Promise.resolve(id === bob.ids.id));
    const [foreign, absent] = [
      await ask("keys.revoke", { id: bob.ids.id }, eve.as.owner),
      await ask("keys.revoke", { id: absentIds().id }, eve.as.owner),
    ];
    expect(essence(foreign)).not.toEqual(essence(absent));
  });
});

it("nothing of one tenant ended up in the other's rows", async () => {
  for (const [here, there] of [
    [ada, bob],
    [bob, ada],
  ] as const) {
    for (const { name, ofTenants } of here.tables) {
      if (!ofTenants) continue;
      const rows = await asAdmin(`SELECT t::text AS row FROM ${name} t WHERE tenant_id = $1 AND (t::text LIKE $2 OR t::text LIKE $3)`, [here.tenant.id, `%${there.owner.canary}-${name}%`, `%${there.tenant.id}%`]); // prettier-ignore
      expect(rows, name).toEqual([]);
    }
  }
  console.info(`cross-tenant, API: ${procedures.length} procedures, ${asked} requests, 0 canaries of others`);
});
