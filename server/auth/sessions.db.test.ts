import { decode, encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { env } from "@/server/env";
import { createBrowser } from "@/tests/mocks/next-auth";
import { makePerson } from "@/tests/factories/person";
import { asAdmin } from "@/tests/factories/tenant";
import { changePassword } from "./change-password";
import { authOptions } from "./options";
import { readSession } from "./session";
import { sessionMaxAgeSeconds, sessionTokens } from "./session-cookie";
import { signOutEverywhere } from "./sign-out-everywhere";

const password = "correct horse battery";
const address = "203.0.113.9";

beforeEach(() => asAdmin("TRUNCATE sign_in_throttle").then(() => undefined));

async function signedIn() {
  const person = await makePerson({ password, name: "Ann" });
  const browser = createBrowser(authOptions(address));
  await browser.post("callback/credentials", { email: person.email, password });
  return { person, browser };
}

describe("a session", () => {
  test("begins with the right password and says who it is", async () => {
    const { person, browser } = await signedIn();
    expect(await readSession(browser.headers())).toEqual({
      personId: person.personId,
      email: person.email,
      name: "Ann",
    });
    const { body } = await browser.call("session");
    expect(body).toMatchObject({ user: { email: person.email, name: "Ann" } });
  });

  test("does not begin with a wrong one, nor without the CSRF token", async () => {
    const { email } = await makePerson({ password });
    const browser = createBrowser(authOptions(address));
    const refused = await browser.post("callback/credentials", { email, password: "wrong horse battery" });
    expect(refused.location).toContain("error=CredentialsSignin");
    const injected = await browser.post("callback/credentials", {
      email: { not: "" },
      password: { not: "" },
    });
    expect(injected.location).toContain("error=CredentialsSignin");
    await browser.call("callback/credentials", { method: "POST", body: { email, password } });
    expect(await readSession(browser.headers())).toBeNull();
  });

  test("is another one at each sign-in, in a cookie that scripts and other sites do not get", async () => {
    const { person, browser } = await signedIn();
    const [first] = sessionTokens(browser.headers().get("cookie"));
    await browser.post("callback/credentials", { email: person.email, password });
    const [second] = sessionTokens(browser.headers().get("cookie"));
    expect(second).not.toBe(first);
    const header = browser.cookieHeaders.findLast((one) => one.startsWith("next-auth.session-token="));
    expect(header).toContain("HttpOnly");
    expect(header).toContain("SameSite=Lax");
  });

  test("believes nothing that a client sends with an update", async () => {
    const [{ browser }, other] = [await signedIn(), await makePerson()];
    const before = await readSession(browser.headers());
    const forged = {
      personId: other.personId,
      sessionVersion: 1,
      sub: other.personId,
      role: "owner",
      email: other.email,
    };
    const { body } = await browser.post("session", { data: { ...forged, user: forged } });
    expect(JSON.stringify(body)).not.toContain(other.email);
    expect(await readSession(browser.headers())).toEqual(before);
  });

  test("ends at once with a new password, and only the new one opens another", async () => {
    const { person, browser } = await signedIn();
    const next = "another horse battery";
    await changePassword(person, address, { current: password, next });
    expect(await readSession(browser.headers())).toBeNull();
    expect((await browser.call("session")).body).toEqual({});
    expect(sessionTokens(browser.headers().get("cookie"))).toEqual([]);
    await browser.post("callback/credentials", { email: person.email, password });
    expect(await readSession(browser.headers())).toBeNull();
    await browser.post("callback/credentials", { email: person.email, password: next });
    expect(await readSession(browser.headers())).not.toBeNull();
  });

  test("ends everywhere on request, and with the person", async () => {
    const [{ person, browser }, other] = [await signedIn(), await signedIn()];
    await signOutEverywhere(person);
    expect(await readSession(browser.headers())).toBeNull();
    expect(await readSession(other.browser.headers())).not.toBeNull();
    await asAdmin("DELETE FROM person WHERE id = $1", [other.person.personId]);
    expect(await readSession(other.browser.headers())).toBeNull();
  });

  test("ends twelve hours after signing in, however often it is looked at", async () => {
    const person = await makePerson({ password });
    const browser = createBrowser(authOptions(address));
    const name = "next-auth.session-token";
    const claims = { personId: person.personId, sessionVersion: 1 };
    const secret = env.NEXTAUTH_SECRET;
    browser.jar.set(name, await encode({ token: claims, secret, maxAge: 60 }));
    await browser.call("session");
    const looked = browser.jar.get(name);
    expect(looked).toBeDefined();
    const times = z
      .object({ exp: z.number(), iat: z.number() })
      .parse(await decode({ token: looked, secret }));
    expect(times.exp - times.iat).toBeLessThanOrEqual(60);
    expect(sessionMaxAgeSeconds).toBe(12 * 60 * 60);
  });

  test("is nobody's with a forged, foreign or broken cookie", async () => {
    const { personId } = await makePerson();
    const claims = { personId, sessionVersion: 1 };
    const tokens = [
      await encode({ token: claims, secret: "x".repeat(40) }),
      await encode({ token: claims, secret: env.NEXTAUTH_SECRET, maxAge: -60 }),
      await encode({ token: { ...claims, sessionVersion: 2 }, secret: env.NEXTAUTH_SECRET }),
      await encode({ token: { sub: personId }, secret: env.NEXTAUTH_SECRET }),
      "x.y.z",
      "%",
    ];
    for (const token of tokens) {
      expect(await readSession(new Headers({ cookie: `next-auth.session-token=${token}` }))).toBeNull();
    }
  });

  test("a wrong present password changes nothing", async () => {
    const { person, browser } = await signedIn();
    const next = "another horse battery";
    for (const current of ["wrong horse battery", undefined]) {
      const changing = changePassword(person, address, { current, next });
      await expect(changing).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    expect(await readSession(browser.headers())).not.toBeNull();
  });

  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "https://localhost:3000.evil.example",
    "javascript:alert(1)",
  ])("signing in never leads to %s", async (callbackUrl) => {
    const { email } = await makePerson({ password });
    const browser = createBrowser(authOptions(address));
    const { location } = await browser.post("callback/credentials", { email, password, callbackUrl });
    expect(new URL(location ?? "http://localhost:3000", "http://localhost:3000").origin).toBe(
      "http://localhost:3000",
    );
  });
});
