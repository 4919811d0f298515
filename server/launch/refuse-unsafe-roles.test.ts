import { expect, it } from "vitest";
import { type RoleFacts, unsafeRole } from "./refuse-unsafe-roles";

const safe: RoleFacts = {
  name: "tokenledger_app",
  superuser: false,
  bypassesRowSecurity: false,
  owns: null,
  memberOf: null,
  serverVersion: 150_000,
  synchronousCommit: "on",
};

it.each(["DATABASE_URL", "DATABASE_INGEST_URL"])("accepts a plain role for %s", (variable) => {
  expect(unsafeRole(variable, safe)).toBeUndefined();
});

it.each<[string, Partial<RoleFacts>, string, string]>([
  ["a superuser", { superuser: true }, "DATABASE_URL", "is a superuser"],
  ["a role past row-level security", { bypassesRowSecurity: true }, "DATABASE_URL", "has BYPASSRLS"],
  ["an owner", { owns: "the table call" }, "DATABASE_AUTH_URL", "owns the table call"],
  ["a member of another role", { memberOf: "admins" }, "DATABASE_JOBS_URL", "is a member of admins"],
  ["an old server", { serverVersion: 140_011 }, "DATABASE_URL", "DATABASE_URL names a PostgreSQL 14 server"],
  [
    "an ingest that may lose what it acknowledged",
    { synchronousCommit: "off" },
    "DATABASE_INGEST_URL",
    "synchronous_commit = off",
  ],
])("refuses %s, naming the variable", (_what, facts, variable, sentence) => {
  const reason = unsafeRole(variable, { ...safe, ...facts });
  expect(reason).toContain(variable);
  expect(reason).toContain(sentence);
});

it("lets only ingest insist on durable commits", () => {
  expect(unsafeRole("DATABASE_URL", { ...safe, synchronousCommit: "off" })).toBeUndefined();
});
