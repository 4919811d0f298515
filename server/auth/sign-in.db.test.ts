import { beforeEach, describe, expect, test, vi } from "vitest";
import { rawPool } from "@/server/db";
import { makePerson } from "@/tests/factories/person";
import { asAdmin } from "@/tests/factories/tenant";
import { signInTries } from "./schemas";
import { signInWithPassword } from "./sign-in";

const password = "correct horse battery";
const wrong = "wrong horse battery";
const address = "203.0.113.9";

beforeEach(() => asAdmin("TRUNCATE sign_in_throttle").then(() => undefined));

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function timed(email: string): Promise<number> {
  const started = performance.now();
  await signInWithPassword({ email, password: wrong }, address);
  return performance.now() - started;
}

describe("signing in by password", () => {
  test("tells who it is, whatever the case of the address", async () => {
    const person = await makePerson({ password, name: "Ann" });
    const found = await signInWithPassword({ email: ` ${person.email.toUpperCase()} `, password }, address);
    expect(found).toEqual({ id: person.personId, email: person.email, name: "Ann" });
  });

  test("is null, never an error, for anything else", async () => {
    const { email } = await makePerson({ password });
    const { email: withoutPassword } = await makePerson();
    const inputs = [
      { email, password: wrong },
      { email: withoutPassword, password: "" },
      { email: withoutPassword, password: wrong },
      { email: "nobody@example.com", password },
      { email: { not: "" }, password },
      { email, password: { length: 99 } },
      { email: "a\u0000@example.com", password },
      undefined,
      "x",
    ];
    for (const input of inputs) expect(await signInWithPassword(input, address)).toBeNull();
  });

  test("pauses after ten wrong tries, also when they come at once and from everywhere", async () => {
    const { email } = await makePerson({ password });
    const { email: neighbour } = await makePerson({ password });
    const tries = Array.from({ length: 40 }, (_, n) =>
      signInWithPassword({ email, password: n === 39 ? password : wrong }, `198.51.100.${String(n)}`),
    );
    await Promise.all(tries);
    expect(await signInWithPassword({ email, password }, address)).toBeNull();
    // Tries on the paused account are not held against the office that they came from.
    for (let n = 0; n < 60; n++) await signInWithPassword({ email, password: wrong }, address);
    expect(await signInWithPassword({ email: neighbour, password }, address)).toMatchObject({
      email: neighbour,
    });
  });

  test("lets in on the tenth try, starts afresh then, and the pause ends by itself", async () => {
    const { email } = await makePerson({ password });
    for (let round = 0; round < 2; round++) {
      for (let n = 1; n < signInTries.count; n++)
        await signInWithPassword({ email, password: wrong }, address);
      expect(await signInWithPassword({ email, password }, address)).not.toBeNull();
    }
    for (let n = 0; n < 2 * signInTries.count; n++)
      await signInWithPassword({ email, password: wrong }, address);
    expect(await signInWithPassword({ email, password }, address)).toBeNull();
    const [{ longest } = { longest: null }] = await asAdmin<{ longest: string }>(
      "SELECT max(expire) - extract(epoch FROM now()) * 1000 AS longest FROM sign_in_throttle",
    );
    expect(Number(longest)).toBeLessThanOrEqual(signInTries.minutes * 60_000);
    await asAdmin("UPDATE sign_in_throttle SET expire = 1");
    expect(await signInWithPassword({ email, password }, address)).not.toBeNull();
  });

  test("pauses an address that tries many accounts", async () => {
    const { email } = await makePerson({ password });
    for (let n = 0; n < 5 * signInTries.count; n++) {
      await signInWithPassword({ email: `nobody-${String(n)}@example.com`, password: wrong }, address);
    }
    expect(await signInWithPassword({ email, password }, address)).toBeNull();
    expect(await signInWithPassword({ email, password }, "203.0.113.10")).not.toBeNull();
  });

  test("stays shut when tries cannot be counted", async () => {
    const { email } = await makePerson({ password });
    vi.spyOn(rawPool("auth"), "query").mockImplementation(() => {
      throw new Error("connection terminated");
    });
    expect(await signInWithPassword({ email, password }, address)).toBeNull();
  });

  test("takes as long for unknown people as for known ones", async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    const people = await Promise.all(Array.from({ length: 6 }, () => makePerson({ password })));
    const clear = () => asAdmin("TRUNCATE sign_in_throttle");
    for (let n = 0; n < 60; n++) {
      if (n % 6 === 0) await clear();
      const email = people[n % 6]?.email ?? "";
      // Each comes first as often as the other.
      const order = n % 2 === 0 ? [known, unknown] : [unknown, known];
      for (const times of order)
        times.push(await timed(times === known ? email : `nobody-${String(n)}@example.com`));
    }
    const difference = Math.abs(median(known) - median(unknown));
    expect(difference / median(known)).toBeLessThan(0.2);
  });
});
