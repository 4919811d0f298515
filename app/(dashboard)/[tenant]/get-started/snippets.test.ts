import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CallInput } from "@/server/calls/schemas";
import { root } from "@/server/launch/root";
import { readSegment } from "@/server/usage/segment";
import { emitters } from "@/tests/emitters/run";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";
import { languages, snippet } from "./snippets";

const facts = { baseUrl: "http://localhost:3000", key: "tl_live_abc" };
const folder = makeTemporaryFolder("snippets");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the shell makes of the last argument of its curl line. */
const sentByCurl = (text: string) =>
  JSON.parse(
    execFileSync("sh", ["-c", `curl() { for last; do :; done; printf %s "$last"; }\n${text}`]).toString(),
  ) as unknown;
/** The variables that the shell has after it. */
function exported(text: string): Record<string, string> {
  const shown = execFileSync("sh", ["-c", `${text}\nenv`]).toString();
  return Object.fromEntries(
    shown.split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

describe("snippets", () => {
  it.each(languages)("%s names the address and the key", (language) => {
    const text = snippet(language, facts);
    expect(text).toContain(facts.baseUrl);
    expect(text).toContain(facts.key);
  });

  it("the shell makes a call of the curl line that the ledger accepts", () => {
    const { calls } = sentByCurl(snippet("curl", facts)) as { calls: unknown[] };
    expect(CallInput.safeParse(calls[0]).error).toBeUndefined();
  });

  it("the shell makes a usage event of Segment's line", () => {
    const sent = readSegment(sentByCurl(snippet("Segment", facts)), "track", new Date());
    expect(sent).toMatchObject({
      kind: "event",
      event: { event: "Feature Used", feature: "hello-world", userId: "user-1", accountId: "account-1" },
    });
  });

  it("the TypeScript program sends a call with the key, and ends", async () => {
    const heard: { path: string; key: string; body: unknown }[] = [];
    const server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on("data", (chunk: Buffer) => chunks.push(chunk));
      req.on("end", () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
        heard.push({ path: req.url ?? "", key: req.headers.authorization ?? "", body });
        const data = { accepted: 1, duplicates: 0, rejected: [], unattributed: 0, unpriced: 0 };
        res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ result: { data } }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    copyFileSync(join(root, "public/client/tokenledger.js"), join(folder, "tokenledger.js"));
    const file = join(folder, "app.mjs");
    writeFileSync(file, snippet("TypeScript", { ...facts, baseUrl }));
    const child = spawn(process.execPath, [file], { stdio: ["ignore", "ignore", "inherit"] });
    const code = await new Promise((resolve) => child.on("close", resolve));
    server.close();
    expect(code).toBe(0);
    expect(heard).toMatchObject([{ path: "/api/trpc/ingest.calls", key: "Bearer tl_live_abc" }]);
    const { calls } = heard[0]?.body as { calls: unknown[] };
    expect(CallInput.parse(calls[0])).toMatchObject({ feature: "hello-world", userId: "user-1", model: "gpt-4o" });
  }); // prettier-ignore

  // The emitters are those SDKs run for real, with these very variables (tests/emitters).
  const target = { url: facts.baseUrl, key: facts.key, userId: "", openAiUrl: "" };
  it.each([
    ["OpenTelemetry", emitters["otel-call-protobuf-gzip"].settings(target), ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL"]],
    ["Langfuse", emitters.langfuse.settings(target), ["LANGFUSE_BASE_URL", "LANGFUSE_PUBLIC_KEY", "LANGFUSE_SECRET_KEY"]],
  ] as const)("%s has the variables that its emitter is tested with", (language, settings, names) => {
    const here = exported(snippet(language, facts));
    for (const name of names) expect(decodeURIComponent(here[name] ?? "")).toBe(settings[name as keyof typeof settings]);
  }); // prettier-ignore

  it("OpenLLMetry has the variables that its emitter is tested with", () => {
    const { TRACELOOP_BASE_URL, TRACELOOP_API_KEY } = emitters.openllmetry.settings(target);
    expect(snippet("OpenLLMetry", facts)).toContain(`TRACELOOP_BASE_URL=${TRACELOOP_BASE_URL} TRACELOOP_API_KEY=${TRACELOOP_API_KEY} `); // prettier-ignore
  });

  it.each(["OpenLLMetry", "AI SDK 7", "AI SDK 6"] as const)(
    "%s is a program that can be read",
    (language) => {
      const file = join(folder, `${language.replaceAll(" ", "-")}.mjs`);
      writeFileSync(file, snippet(language, facts));
      execFileSync(process.execPath, ["--check", file]);
    },
  );

  it("LiteLLM's lines are indented as YAML wants them, and name the door", () => {
    const lines = snippet("LiteLLM", facts).split("\n");
    expect(lines).toContain(`    endpoint: ${facts.baseUrl}/v1/litellm`);
    expect(lines).toContain(`      Authorization: Bearer ${facts.key}`);
    for (const line of lines) expect(/^ */.exec(line)?.[0].length ?? 1).toSatisfy((indent: number) => indent % 2 === 0);
  }); // prettier-ignore
});
