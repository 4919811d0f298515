import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { CallInput } from "@/server/calls/schemas";
import { languages, snippet } from "./snippets";

const facts = { baseUrl: "http://localhost:3000", key: "tl_live_abc" };

describe("snippets", () => {
  it.each(languages)("%s names the address and the key", (language) => {
    const text = snippet(language, facts);
    expect(text).toContain("http://localhost:3000/api/trpc/ingest.calls");
    expect(text).toContain("Bearer tl_live_abc");
  });

  it("the shell makes a call of the curl line that the ledger accepts", () => {
    const sent = execFileSync("sh", [
      "-c",
      `curl() { for last; do :; done; printf %s "$last"; }\n${snippet("curl", facts)}`,
    ]);
    const { calls } = JSON.parse(sent.toString()) as { calls: unknown[] };
    expect(CallInput.safeParse(calls[0]).error).toBeUndefined();
  });
});
