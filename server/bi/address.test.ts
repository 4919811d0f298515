import { describe, expect, it } from "vitest";
import { addressOf, connectionUrl } from "./address";

const own = "postgresql://app:secret@db.example:6543/ledger?sslmode=require";

describe("where BI tools connect", () => {
  it.each([
    ["the database's own address", own, {}, { host: "db.example", port: 6543, sslMode: "require", isLocal: false }],
    ["a name for the outside", own, { host: "bi.example" }, { host: "bi.example", port: 6543, isLocal: false }],
    ["a port for the outside", own, { port: 7000 }, { host: "db.example", port: 7000, isLocal: false }],
    ["PostgreSQL's port", "postgres://a@db/ledger", {}, { host: "db", port: 5432, sslMode: null, isLocal: false }],
    ["this machine", "postgresql://a:b@127.0.0.1:5433/tokenledger", {}, { host: "127.0.0.1", isLocal: true }],
    ["this machine by IPv6", "postgresql://a:b@[::1]:5433/tokenledger", {}, { isLocal: true }],
    ["a tunnel to it", "postgresql://a:b@127.0.0.1:5433/x", { host: "tunnel", port: 1 }, { host: "tunnel", port: 1, isLocal: false }],
  ])("%s", (_what, url, outside, expected) => {
    expect(addressOf(url, outside)).toMatchObject(expected);
  }); // prettier-ignore

  it("never has the product's own name or password in it", () => {
    expect(JSON.stringify(addressOf(own, {}))).not.toMatch(/app|secret/);
  });

  it.each([
    ["plain", own, "p-W_1", "postgresql://tlr_a:p-W_1@db.example:6543/ledger?sslmode=require"],
    [
      "letters that a URL reserves",
      "postgresql://a@h/l%2Fx",
      "a/b@c",
      "postgresql://tlr_a:a%2Fb%40c@h:5432/l%2Fx",
    ],
    ["IPv6", "postgresql://a@[2001:db8::1]/l", "p", "postgresql://tlr_a:p@[2001:db8::1]:5432/l"],
  ])("gives the line that tools take: %s", (_what, url, password, expected) => {
    expect(connectionUrl(addressOf(url, {}), "tlr_a", password)).toBe(expected);
  });
});
