import { expect, it } from "vitest";
import { scramVerifier } from "./scram";

it("makes the verifier that PostgreSQL made itself for the same password and salt", () => {
  // From `CREATE ROLE … PASSWORD 'pencil'` on PostgreSQL 18, read back from pg_authid.
  const verifier =
    "SCRAM-SHA-256$4096:B+jIrD/pOOLzl66biYFSyg==$RrWMkAMxSCV1TF29lT1yy0sWsPw0bdrtsJpHXaIPj4U=:2vXeHq/Yl9LIEgUO8b6H34o4CD3ITiwtkqmuten3tW8=";
  const salt = Buffer.from(verifier.split(/[:$]/)[2] ?? "", "base64");
  expect(scramVerifier("pencil", salt)).toBe(verifier);
});

it("tells nothing of the password, and is another with another salt", () => {
  const one = scramVerifier("a-secret", Buffer.alloc(16, 1));
  expect(one).not.toContain("a-secret");
  expect(one).not.toBe(scramVerifier("a-secret", Buffer.alloc(16, 2)));
  expect(one).toBe(scramVerifier("a-secret", Buffer.alloc(16, 1)));
});
