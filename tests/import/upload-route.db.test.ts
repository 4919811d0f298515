import { rmSync } from "node:fs";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { seedKey } from "@/prisma/seed/seed-key";
import { seedPerson } from "@/prisma/seed/seed-person";
import { seedContext, seedTenant } from "@/prisma/seed/seed-tenant";

// Before server/env.ts is read: uploads lie in the data folder.
const folder = await vi.hoisted(async () => {
  const [fs, os, path] = await Promise.all([import("node:fs"), import("node:os"), import("node:path")]);
  return (process.env.DATA_DIR = fs.mkdtempSync(path.join(os.tmpdir(), "tokenledger-upload-")));
});
const { POST } = await import("@/app/api/imports/route");
const { createTransport } = await import("@/server/api/transport");
const { createCallerFactory } = await import("@/server/api/trpc");
const { importsRouter } = await import("@/server/api/routers/imports");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ctx = seedContext({ slug: "uploads" });
let cookie = "";
let key = "";
beforeAll(async () => {
  const owner = await seedPerson();
  await seedTenant(ctx, { members: [{ personId: owner.id, role: "owner" }] });
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  cookie = `next-auth.session-token=${await encode({ token: { personId: owner.id, sessionVersion: 1 }, secret })}`;
  key = await seedKey(ctx);
});

function send(headers: Record<string, string>, body: BodyInit | null = "a,b\n1,2\n"): Promise<Response> {
  const usual = {
    "content-type": "application/octet-stream",
    "x-tokenledger-tenant": "uploads",
    "x-file-name": "a.csv",
  };
  return POST(
    new Request("http://localhost:3000/api/imports", {
      method: "POST",
      headers: { ...usual, ...headers },
      body,
    }),
  );
}

it("takes a member's file, for the router to preview", async () => {
  const answer = await send({
    cookie,
    "x-file-name": encodeURIComponent("Jänner 2026.csv"),
    origin: "http://localhost:3000",
  });
  expect(answer.status).toBe(200);
  const { uploadId, bytes } = (await answer.json()) as { uploadId: string; bytes: number };
  expect(bytes).toBe(8);
  const headers = new Headers({ cookie, "x-tokenledger-tenant": "uploads" });
  const transport = createTransport({ headers, address: "", emit: () => Promise.resolve() });
  const preview = await createCallerFactory(importsRouter)(transport).preview({ uploadId });
  expect(preview).toMatchObject({ fileName: "Jänner 2026.csv", columns: ["a", "b"], assessment: null });
  // The wire has no transformer.
  expect(JSON.parse(JSON.stringify(preview))).toEqual(preview);
});

it.each([
  ["without a session", () => ({}), 401],
  ["with an ingest key", () => ({ authorization: `Bearer ${key}` }), 403],
  ["for a tenant of others", () => ({ cookie, "x-tokenledger-tenant": "theirs" }), 404],
  ["from a page of another origin", () => ({ cookie, origin: "https://example.com" }), 403],
  ["as a form", () => ({ cookie, "content-type": "multipart/form-data" }), 415],
  ["with a name that is no name", () => ({ cookie, "x-file-name": "%" }), 400],
] as [string, () => Record<string, string>, number][])("refuses one %s", async (_case, headers, status) => {
  const answer = await send(headers());
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { message: expect.any(String) as string } });
});
