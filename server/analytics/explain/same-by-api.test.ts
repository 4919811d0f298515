import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { sameByApi } from "./same-by-api";

const address = "https://ledger.example/";
const scope = { from: "2026-11-01", to: "2026-12-01", filter: {} };
/** What a shell makes of the line, before jq: the words after curl's own options. */
function wordsOf(curl: string): string[] {
  const printed = curl.replace(/^curl -sG/, "printf '%s\\0'").replace(/\| jq -r .*$/s, "");
  return execFileSync("sh", ["-c", printed], {
    env: { NODE_ENV: "test", READ_KEY: "tl_live_k" },
    encoding: "utf8",
  }).split("\0");
}

describe("sameByApi", () => {
  it("finds sums in the report that everybody reads", () => {
    const call = sameByApi({ figure: "costUsd", scope }, { feature: ["chat"] }, address);
    expect(call).toMatchObject({
      procedure: "reports.spend",
      input: { from: "2026-11-01", to: "2026-12-01", filter: { feature: ["chat"] } },
      path: ".result.data.total.costUsd",
    });
  });

  it("finds what is divided in this very answer", () => {
    const input = { figure: "costPerCall", scope } as const;
    expect(sameByApi(input, {}, address)).toMatchObject({ procedure: "reports.explain", input, path: ".result.data.formula.value" }); // prettier-ignore
  });

  it.each(["it's", "$(rm -rf /)", "`id`", 'a"b', "a\\b", "a\nb", "!!", "* ?"])(
    "can be pasted into a shell: %s",
    (name) => {
      const call = sameByApi({ figure: "calls", scope }, { feature: [name] }, address);
      expect(wordsOf(call.curl)).toEqual([
        "https://ledger.example/api/trpc/reports.spend",
        "-H",
        "Authorization: Bearer tl_live_k",
        "--data-urlencode",
        `input=${JSON.stringify(call.input)}`,
        "",
      ]);
    },
  );
});
