import { expect, test } from "vitest";
import { CreateTenantInput, TimeZone } from "./schemas";
import { Slug, slugCandidate, slugOf } from "./slug";

test.each([
  ["Acme", "acme"],
  ["Müller & Söhne GmbH", "muller-sohne-gmbh"],
  ["  --Weird__name!! ", "weird-name"],
  ["日本", "tenant"],
  ["API", "api-1"],
  ["x".repeat(80), "x".repeat(40)],
  [`${"x".repeat(39)} y`, "x".repeat(39)],
])("slug of %j is %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(Slug.safeParse(slugOf(name)).success).toBe(true);
  expect(Slug.safeParse(slugCandidate(name, 49)).success).toBe(true);
});

test.each([
  ["Asia/Kolkata", true],
  ["Asia/Kathmandu", true],
  ["UTC", true],
  ["America/Argentina/Buenos_Aires", true],
  ["Etc/GMT+5", true],
  ["+05:30", false],
  ["Mars/Olympus", false],
  ["", false],
  ["UTC'; DROP TABLE tenant", false],
])("time zone %j", (zone, isKnown) => expect(TimeZone.safeParse(zone).success).toBe(isKnown));

test("unknown fields are refused", () => {
  expect(CreateTenantInput.safeParse({ name: "A", timeZone: "UTC", id: "x" }).success).toBe(false);
});
