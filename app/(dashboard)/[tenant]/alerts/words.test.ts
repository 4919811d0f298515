import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ruleIds } from "@/server/incidents/schemas";
import { ruleSeverities } from "./words";

const fileOf = (rule: string) => join(process.cwd(), "server/alerts/rules", `${rule}.ts`);
const told = ruleIds.filter((rule) => existsSync(fileOf(rule)) && rule !== "budget");

it.each(told)("says of %s the severity that its evaluator gives", (rule) => {
  const given = [...readFileSync(fileOf(rule), "utf8").matchAll(/severity: "(\w+)"/g)].map(
    ([, severity]) => severity,
  );
  expect(given.length).toBeGreaterThan(0);
  for (const severity of given) expect(ruleSeverities[rule]).toContain(severity);
});

it("knows the evaluators of most rules", () => expect(told.length).toBeGreaterThanOrEqual(13));
