import { readFileSync } from "node:fs";
import { scriptFile, typesFile } from "@/public/client/src/build";
import { expect, test } from "./fixtures";

test("every deployment serves the client for TypeScript apps, and its types", async ({ request }) => {
  const script = await request.get("/client/tokenledger.js");
  expect(script.status()).toBe(200);
  expect(script.headers()["content-type"]).toContain("javascript");
  expect(await script.text()).toBe(readFileSync(scriptFile, "utf8"));
  expect(await (await request.get("/client/tokenledger.d.ts")).text()).toBe(readFileSync(typesFile, "utf8"));
});
