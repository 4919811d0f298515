import "../factories/data-folder";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import * as evidence from "@/app/api/evidence/[month]/route";
import * as focus from "@/app/api/focus/[file]/route";
import * as imports from "@/app/api/imports/route";
import * as jobs from "@/app/api/inngest/route";
import * as invoiceFile from "@/app/api/invoices/[id]/[format]/route";
import * as invoicesZip from "@/app/api/invoices/months/[month]/zip/route";
import * as reports from "@/app/api/reports/[table]/route";
import * as stripe from "@/app/api/webhooks/stripe/[tenant]/route";
import * as trpc from "@/app/api/trpc/[trpc]/route";
import { reportTables, type TableName } from "@/server/analytics/tables/registry";
import { authOptions } from "@/server/auth/options";
import { type Right, roleRights } from "@/server/auth/permissions";
import { createKey } from "@/server/keys/create";
import { contextOf, system } from "../factories/tenant";
import { createBrowser } from "../mocks/next-auth";
import { absentIds, killMonth, makeWorld, type World } from "./world";

vi.mock("@/inngest/emit", () => ({ emit: () => Promise.resolve() }));

const api = fileURLToPath(new URL("../../app/api", import.meta.url));
const ours = "http://localhost:3000";

let ada: World;
let bob: World;
beforeAll(async () => {
  ada = await makeWorld("canary-ada");
  bob = await makeWorld("canary-bob");
});

const holds = (text: string, world: World) =>
  [world.owner.canary, world.owner.tenantId, world.owner.id].some((mark) => text.includes(mark));
const essence = async (response: Response) => ({
  status: response.status,
  body: (await response.text()).replace(/"requestId":"[^"]*"/g, ""),
});
const lookingAt = (world: World, headers: Record<string, string>) => ({
  ...headers,
  "x-tokenledger-tenant": world.tenant.slug,
});
const nowhere = (headers: Record<string, string>) => ({
  ...headers,
  "x-tokenledger-tenant": absentIds().slug,
});

const keyWith = async (scope: "ingest" | "read") => {
  const { key } = await createKey(contextOf(ada.tenant, system, new Date()), {
    name: scope,
    scopes: [scope],
  });
  return { authorization: `Bearer ${key}` };
};

const ask = (name: string, input: unknown, headers: Record<string, string>) =>
  trpc.GET(
    new Request(`${ours}/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers }),
  );
const upload = (headers: Record<string, string>, more: Record<string, string> = {}) =>
  imports.POST(new Request(`${ours}/api/imports`, { method: "POST", body: "a,b\n1,2\n", headers: { "content-type": "application/octet-stream", "x-file-name": "a.csv", ...headers, ...more } })); // prettier-ignore
const isAskedLater = (input: unknown): input is () => unknown => typeof input === "function";
const download = (table: string, input: unknown, headers: Record<string, string>, tenant?: string) => {
  const query = new URLSearchParams({
    input: JSON.stringify(isAskedLater(input) ? input() : input),
    ...(tenant && { tenant }),
  });
  const url = `${ours}/api/reports/${table}?${query.toString()}`;
  return reports.GET(new Request(url, { headers }), { params: Promise.resolve({ table }) });
};
const days = () => ({
  from: "2026-01-01",
  to: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10),
});
const recent = () => ({
  from: new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10),
  to: days().to,
});
/** In the made tenants no prompt was changed, every call bears every tag, and nobody said a price of this model; hours have no names; too
 * few users to say whom to throttle; cohorts have no names; nobody billed them. */
const empty = new Set([
  "billMatch",
  "promptChanges",
  "hours",
  "unattributed",
  "priceHistory",
  "throttle",
  "retention",
]);
/** A question of each table that can be downloaded; one without an entry fails the suite. */
const downloads: Record<string, unknown> = {
  billMatch: { provider: "openai", month: "2026-10" },
  billingDifferences: {},
  billingWindows: {},
  breakdown: { ...days(), groupBy: "feature" },
  budgets: {},
  cache: { ...days(), groupBy: "feature" },
  calls: {},
  errors: { ...recent(), by: "feature" },
  featureValue: {},
  growth: { groupBy: "feature", minUsd: "0", minCalls: 1 },
  hours: days(),
  // Of the made tenant, which is there when this is asked.
  invoice: () => ({ id: ada.ids.id }),
  invoices: { month: "2026-10" },
  killReview: { month: killMonth },
  margin: recent(),
  outliers: {},
  priceHistory: { provider: "openai", model: "gpt-4o" },
  prices: {},
  promptChanges: recent(),
  promptVersions: recent(),
  retention: days(),
  reconciliation: { month: "2026-10" },
  recommendations: {},
  retries: recent(),
  runs: recent(),
  spend: { ...days(), groupBy: "feature" },
  statement: { month: "2026-10" },
  unattributed: { ...recent(), tag: "accountId", by: "key" },
  throttle: {},
  trend: { ...days(), granularity: "day", groupBy: "team" },
  why: { ...recent(), compare: { from: new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10), to: recent().from } }, // prettier-ignore
  windows: { groupBy: "feature" },
};
const UploadId = z.object({ uploadId: z.uuid() });

/** What is asked of each route handler; one without an entry fails the suite. */
const cases: Record<string, () => void> = {
  "webhooks/stripe/[tenant]/route.ts": () => {
    it("believes nobody whose signature does not fit, whether the tenant is there or not", async () => {
      const knock = (tenant: string) =>
        stripe.POST(
          new Request(`${ours}/api/webhooks/stripe/${tenant}`, { method: "POST", body: "{}", headers: { ...ada.as.owner, "stripe-signature": "t=1,v1=00" } }),
          { params: Promise.resolve({ tenant }) },
        ); // prettier-ignore
      const foreign = await essence(await knock(absentIds().slug));
      expect(foreign).toEqual(await essence(await knock(ada.tenant.slug)));
      expect(foreign.status).toBe(400);
    });
  },

  "trpc/[trpc]/route.ts": () => {
    it("speaks for the caller's tenant alone", async () => {
      const own = await essence(await ask("calls.list", {}, ada.as.owner));
      expect([own.status, holds(own.body, ada), holds(own.body, bob)]).toEqual([200, true, false]);
      const foreign = await essence(await ask("calls.list", {}, lookingAt(bob, ada.as.owner)));
      expect(foreign).toEqual(await essence(await ask("calls.list", {}, nowhere(ada.as.owner))));
      expect(foreign.status).toBe(404);
      expect((await ask("calls.list", {}, lookingAt(bob, {}))).status).toBe(401);
    });

    it("answers for a foreign call as for an absent one", async () => {
      for (const headers of [ada.as.owner, ada.key]) {
        const foreign = await essence(await ask("calls.show", { id: bob.ids.callId }, headers));
        expect(foreign).toEqual(await essence(await ask("calls.show", { id: absentIds().callId }, headers)));
        expect(foreign.status).toBe(404);
      }
    });

    it("refuses a change from a page of another origin", async () => {
      const headers = { ...ada.as.owner, "content-type": "application/json", origin: "https://evil.example" };
      const answer = await trpc.POST(
        new Request(`${ours}/api/trpc/keys.create`, { method: "POST", headers, body: "{}" }),
      );
      expect(answer.status).toBe(403);
    });
  },
  "invoices/[id]/[format]/route.ts": () => {
    const file = (id: string, headers: Record<string, string>, tenant?: string, format = "json") =>
      invoiceFile.GET(
        new Request(`${ours}/api/invoices/${id}/${format}${tenant === undefined ? "" : `?tenant=${tenant}`}`, { headers }),
        { params: Promise.resolve({ id, format }) },
      ); // prettier-ignore

    it("speaks for the caller's tenant alone", async () => {
      const { "x-tokenledger-tenant": slug, ...cookie } = ada.as.viewer;
      for (const own of [await file(ada.ids.id, cookie, slug), await file(ada.ids.id, ada.key)]) {
        expect(own.headers.get("cache-control")).toBe("private, no-store");
        const { status, body } = await essence(own);
        expect([status, holds(body, ada), holds(body, bob)], body).toEqual([200, true, false]);
      }
      for (const headers of [ada.as.owner, ada.key]) {
        const foreign = await essence(await file(bob.ids.id, headers));
        expect(foreign).toEqual(await essence(await file(absentIds().id, headers)));
        expect(foreign.status).toBe(404);
      }
      const pdf = await file(ada.ids.id, ada.key, undefined, "pdf");
      expect(
        Buffer.from(await pdf.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
      expect((await file(ada.ids.id, ada.key, undefined, "exe")).status).toBe(404);
      expect((await file("no-id", ada.key)).status).toBe(404);
      expect((await file(ada.ids.id, cookie, bob.tenant.slug)).status).toBe(404);
      expect((await file(ada.ids.id, {}, ada.tenant.slug)).status).toBe(401);
      expect((await file(ada.ids.id, await keyWith("ingest"))).status).toBe(403);
    });
  },
  "invoices/months/[month]/zip/route.ts": () => {
    const zip = (month: string, headers: Record<string, string>, tenant?: string) =>
      invoicesZip.GET(
        new Request(`${ours}/api/invoices/months/${month}/zip${tenant === undefined ? "" : `?tenant=${tenant}`}`, { headers }),
        { params: Promise.resolve({ month }) },
      ); // prettier-ignore

    it("speaks for the caller's tenant alone", async () => {
      const { "x-tokenledger-tenant": slug, ...cookie } = ada.as.viewer;
      // Its one invoice is a draft.
      const own = await essence(await zip("2026-10", cookie, slug));
      expect([own.status, holds(own.body, bob)]).toEqual([409, false]);
      const foreign = await essence(await zip("2026-10", cookie, bob.tenant.slug));
      expect(foreign).toEqual(await essence(await zip("2026-10", cookie, absentIds().slug)));
      expect(foreign.status).toBe(404);
      expect((await zip("2001-01", ada.key)).status).toBe(404);
      expect((await zip("last", ada.key)).status).toBe(400);
      expect((await zip("2026-10", {}, ada.tenant.slug)).status).toBe(401);
      expect((await zip("2026-10", await keyWith("ingest"))).status).toBe(403);
    });
  },
  "imports/route.ts": () => {
    it("takes a file from whoever may import, into their own tenant", async () => {
      expect((await upload(ada.as.finance)).status).toBe(200);
      expect((await upload(ada.as.viewer)).status).toBe(403);
      expect((await upload(ada.key)).status).toBe(403);
      expect((await upload({ "x-tokenledger-tenant": ada.tenant.slug })).status).toBe(401);
      expect((await upload(ada.as.owner, { origin: "https://evil.example" })).status).toBe(403);
      const foreign = await essence(await upload(lookingAt(bob, ada.as.owner)));
      expect(foreign).toEqual(await essence(await upload(nowhere(ada.as.owner))));
      expect(foreign.status).toBe(404);
    });

    it("shows an uploaded file to nobody else", async () => {
      const { uploadId } = UploadId.parse(await (await upload(bob.as.owner)).json());
      expect((await ask("imports.preview", { uploadId }, bob.as.owner)).status).toBe(200);
      const foreign = await essence(await ask("imports.preview", { uploadId }, ada.as.owner));
      expect(foreign).toEqual(
        await essence(await ask("imports.preview", { uploadId: absentIds().id }, ada.as.owner)),
      );
      expect(foreign.status).toBe(404);
    });
  },
  "reports/[table]/route.ts": () => {
    it("every table is asked for", () => {
      expect(Object.keys(reportTables).sort()).toEqual(Object.keys(downloads).sort());
    });

    const openTo = (rights: readonly Right[]) =>
      Object.entries(downloads).filter(([table]) => rights.includes(reportTables[table as TableName].right));
    const officeAlone = openTo(roleRights.finance.filter((right) => !roleRights.viewer.some((one) => one === right))); // prettier-ignore

    it.each(officeAlone)("%s speaks for the office of the caller's tenant alone", async (table, input) => {
      const { "x-tokenledger-tenant": slug, ...cookie } = ada.as.finance;
      for (const own of [
        await download(table, input, cookie, slug),
        await download(table, input, ada.as.finance),
      ]) {
        const { status, body } = await essence(own);
        expect([status, holds(body, ada), holds(body, bob)], body).toEqual([200, !empty.has(table), false]);
      }
      const foreign = await essence(await download(table, input, cookie, bob.tenant.slug));
      expect(foreign).toEqual(await essence(await download(table, input, cookie, absentIds().slug)));
      expect(foreign.status).toBe(404);
      expect((await download(table, input, ada.as.viewer)).status).toBe(403);
      expect((await download(table, input, ada.key)).status).toBe(403);
      expect((await download(table, input, {}, ada.tenant.slug)).status).toBe(401);
    });

    it.each(openTo(roleRights.viewer))("%s speaks for the caller's tenant alone", async (table, input) => {
      const { "x-tokenledger-tenant": slug, ...cookie } = ada.as.viewer;
      for (const own of [
        await download(table, input, cookie, slug),
        await download(table, input, ada.as.viewer),
        await download(table, input, ada.key),
      ]) {
        expect(own.headers.get("content-type")).toContain("text/csv");
        expect(own.headers.get("cache-control")).toBe("private, no-store");
        expect(own.headers.get("content-disposition")).toContain(`filename="${ada.tenant.slug}-${table}-`);
        const { status, body } = await essence(own);
        expect([status, holds(body, ada), holds(body, bob)], body).toEqual([200, !empty.has(table), false]);
      }
      const foreign = await essence(await download(table, input, cookie, bob.tenant.slug));
      expect(foreign).toEqual(await essence(await download(table, input, cookie, absentIds().slug)));
      expect(foreign.status).toBe(404);
      // A key is of one tenant, whatever the address says.
      const keyed = await essence(await download(table, input, ada.key, bob.tenant.slug));
      const shown = [keyed.status, holds(keyed.body, ada), holds(keyed.body, bob)];
      expect(shown).toEqual([200, !empty.has(table), false]);
      expect((await download(table, input, {}, ada.tenant.slug)).status).toBe(401);
      expect((await download(table, input, await keyWith("ingest"))).status).toBe(403);
    });

    it("says beside the file what it is of, and begins it as Excel wants if asked", async () => {
      const input = encodeURIComponent(JSON.stringify(downloads.spend));
      const url = `${ours}/api/reports/spend?bom=1&input=${input}`;
      const table = { params: Promise.resolve({ table: "spend" }) };
      const answer = await reports.GET(new Request(url, { headers: ada.key }), table);
      const [from, to, watermark] = ["from", "to", "watermark"].map((name) => answer.headers.get(`x-tokenledger-${name}`)); // prettier-ignore
      // The first instant of the year where the tenant is.
      expect(from).toBe("2025-12-31T18:30:00.000Z");
      for (const instant of [to, watermark]) expect(Date.parse(instant ?? "")).toBeGreaterThan(Date.parse(from ?? "")); // prettier-ignore
      expect([...new Uint8Array(await answer.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const head = await reports.GET(new Request(url, { headers: ada.key, method: "HEAD" }), table);
      expect([head.status, head.body, head.headers.get("content-type")]).toEqual([200, null, answer.headers.get("content-type")]); // prettier-ignore
    });

    it("refuses what is no question, before anything is sent", async () => {
      const failures = [
        await download("spend", { from: "2026-01-01" }, ada.key),
        await download("spend", { from: "2026-01-02", to: "2026-01-01" }, ada.key),
        await download("toString", {}, ada.key),
        await reports.GET(new Request(`${ours}/api/reports/spend?input={`, { headers: ada.key }), {
          params: Promise.resolve({ table: "spend" }),
        }),
      ];
      expect(failures.map(({ status }) => status)).toEqual([400, 400, 404, 400]);
      for (const failure of failures) expect(await failure.json()).toHaveProperty("error.message");
    });
  },
  "focus/[file]/route.ts": () => {
    const take = (file: string, query: Record<string, string>, headers: Record<string, string>) =>
      focus.GET(new Request(`${ours}/api/focus/${file}?${new URLSearchParams(query).toString()}`, { headers }), { params: Promise.resolve({ file }) }); // prettier-ignore
    const month = { month: "2026-10" };

    it.each(["focus.csv", "focus.parquet"])("%s speaks for the caller's tenant alone", async (file) => {
      const { "x-tokenledger-tenant": slug = "", ...cookie } = ada.as.viewer;
      for (const own of [await take(file, { ...month, tenant: slug }, cookie), await take(file, month, ada.key)]) {
        expect(own.headers.get("cache-control")).toBe("private, no-store");
        expect(own.headers.get("content-disposition")).toContain(`filename="${slug}-focus-2026-10-estimated`);
        const { status, body } = await essence(own);
        expect([status, holds(body, ada), holds(body, bob)], body).toEqual([200, true, false]);
      }
      const foreign = await essence(await take(file, { ...month, tenant: bob.tenant.slug }, cookie));
      expect(foreign).toEqual(await essence(await take(file, { ...month, tenant: absentIds().slug }, cookie)));
      expect(foreign.status).toBe(404);
      expect((await take(file, { ...month, tenant: slug }, {})).status).toBe(401);
      expect((await take(file, month, await keyWith("ingest"))).status).toBe(403);
    }); // prettier-ignore

    it("answers for a foreign invoice as for an absent one, and refuses what is no question", async () => {
      const foreign = await essence(await take("focus.csv", { invoice: absentIds().id }, ada.key));
      expect(foreign.status).toBe(404);
      const failures = [
        await take("focus.csv", {}, ada.key),
        await take("focus.csv", { ...month, mode: "guessed" }, ada.key),
        await take("focus.xml", month, ada.key),
        await take("focus.csv", { month: "2020-01" }, ada.key),
      ];
      expect(failures.map(({ status }) => status)).toEqual([400, 400, 404, 404]);
    });
  },
  "evidence/[month]/route.ts": () => {
    const take = (month: string, headers: Record<string, string>, tenant?: string) =>
      evidence.GET(new Request(`${ours}/api/evidence/${month}${tenant ? `?tenant=${tenant}` : ""}`, { headers }), { params: Promise.resolve({ month }) }); // prettier-ignore

    it("speaks for the caller's tenant alone", async () => {
      const { "x-tokenledger-tenant": slug = "", ...cookie } = ada.as.viewer;
      for (const own of [await take("2026-10", cookie, slug), await take("2026-10", ada.key)]) {
        expect([own.status, own.headers.get("content-type")]).toEqual([200, "application/zip"]);
        expect(own.headers.get("content-disposition")).toContain(`filename="${slug}-evidence-2026-10.zip"`);
        expect(Buffer.from(await own.arrayBuffer()).toString("latin1", 0, 2)).toBe("PK");
      }
      const foreign = await essence(await take("2026-10", cookie, bob.tenant.slug));
      expect(foreign).toEqual(await essence(await take("2026-10", cookie, absentIds().slug)));
      expect(foreign.status).toBe(404);
      expect((await take("2026-10", {}, slug)).status).toBe(401);
      expect((await take("2026-10", await keyWith("ingest"))).status).toBe(403);
      expect((await take("october", ada.key)).status).toBe(400);
      expect((await take("2020-01", ada.key)).status).toBe(404);
    });
  },
  "auth/[...nextauth]/route.ts": () => {
    const sessionOf = async (cookie: string | undefined) => {
      const browser = createBrowser(authOptions("127.0.0.1"));
      const [name = "", value = ""] = (cookie ?? "").split(/=(.*)/s);
      if (cookie !== undefined) browser.jar.set(name, value);
      return JSON.stringify((await browser.call("session")).body);
    };

    it("tells a session to its own browser alone", async () => {
      const own = await sessionOf(ada.as.owner.cookie);
      expect([own.includes("canary-ada-owner@example.com"), holds(own, bob)]).toEqual([true, false]);
      for (const cookie of [undefined, "next-auth.session-token=forged"]) {
        const none = await sessionOf(cookie);
        expect([holds(none, ada), holds(none, bob)]).toEqual([false, false]);
      }
    });
  },
  "inngest/route.ts": () => {
    it("is closed to whoever does not sign", async () => {
      const methods = Object.entries(jobs).filter(
        (entry): entry is [string, typeof jobs.POST] => typeof entry[1] === "function",
      );
      expect(methods.map(([name]) => name).sort()).toEqual(["GET", "POST", "PUT"]);
      const url = `${ours}/api/inngest?fnId=tokenledger-roll-up-tenant&stepId=step`;
      const body = JSON.stringify({
        event: { name: "rollup/requested", data: { tenantId: bob.tenant.id } },
        events: [],
        steps: {},
        ctx: {},
      });
      for (const [method, handle] of methods) {
        for (const headers of [{}, ada.as.owner, ada.key]) {
          const answer = await handle(
            new Request(url, { method, headers, ...(method === "GET" ? {} : { body }) }),
            {},
          );
          expect([answer.status, holds(await answer.text(), bob)]).toEqual([401, false]);
        }
      }
    });
  },
};

it("every route handler has a case", () => {
  const files = readdirSync(api, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|\/)route\.tsx?$/.test(file),
  );
  expect(files.sort()).toEqual(Object.keys(cases).sort());
});

for (const [file, tests] of Object.entries(cases)) describe(file, tests);
