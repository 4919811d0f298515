import { beforeEach, describe, expect, test } from "vitest";
import { setEnvironment } from "@/tests/mocks/environment";
import { startFakeSmtp } from "@/tests/mocks/smtp";

const smtp = await startFakeSmtp();
setEnvironment({
  SMTP_URL: smtp.url,
  SMTP_FROM: "Tokenledger <ledger@example.com>",
  GOOGLE_CLIENT_ID: "google-id",
  GOOGLE_CLIENT_SECRET: "google-secret",
});

const { authOptions } = await import("./options");
const { createAdapter, linkAccount } = await import("./adapter");
const { forgotPassword } = await import("./forgot-password");
const { resetPassword } = await import("./reset-password");
const { readSession } = await import("./session");
const { signInWithPassword } = await import("./sign-in");
const { register } = await import("./register");
const { inviteMember } = await import("@/server/members/invite");
const { tenantForMember } = await import("@/server/tenants/for-member");
const { createBrowser } = await import("@/tests/mocks/next-auth");
const { makeMember, makePerson } = await import("@/tests/factories/person");
const { asAdmin, contextOf, makeTenant } = await import("@/tests/factories/tenant");

const now = new Date();
const password = "correct horse battery";
const address = "203.0.113.9";
const request = { address, now, emit: () => Promise.resolve() };

beforeEach(async () => {
  smtp.mails.length = 0;
  await asAdmin("TRUNCATE sign_in_throttle");
});

function lastLink(to: string): string {
  const mail = smtp.mails.findLast((one) => one.to === to);
  return /https?:\/\/\S+/.exec(mail?.text ?? "")?.[0] ?? "no link";
}

async function askForLink(email: string) {
  const browser = createBrowser(authOptions(address));
  const answer = await browser.post("signin/email", { email });
  return { browser, answer };
}

describe("a link by mail", () => {
  test("signs a new person in, once", async () => {
    const email = "new@example.com";
    const { browser, answer } = await askForLink(" New@Example.com ");
    expect(answer.location).toContain("verify-request");
    const link = lastLink(email);
    await browser.open(link);
    expect(await readSession(browser.headers())).toMatchObject({ email });
    const second = createBrowser(authOptions(address));
    expect((await second.open(link)).location).toContain("error=Verification");
    expect(await readSession(second.headers())).toBeNull();
    const rows = await asAdmin("SELECT * FROM sign_in_token");
    expect(JSON.stringify(rows)).not.toContain(new URL(link).searchParams.get("token"));
  });

  test("is refused when it is too old", async () => {
    const { browser } = await askForLink("late@example.com");
    await asAdmin("UPDATE sign_in_token SET expires_at = now() - interval '1 second'");
    expect((await browser.open(lastLink("late@example.com"))).location).toContain("error=Verification");
  });

  test("takes away the password of whoever registered the address without owning it", async () => {
    const victim = await makePerson({ password });
    const squatter = createBrowser(authOptions(address));
    await squatter.post("callback/credentials", { email: victim.email, password });
    expect(await readSession(squatter.headers())).not.toBeNull();
    const { browser } = await askForLink(victim.email);
    await browser.open(lastLink(victim.email));
    expect(await readSession(browser.headers())).toMatchObject({ personId: victim.personId });
    expect(await readSession(squatter.headers())).toBeNull();
    expect(await signInWithPassword({ email: victim.email, password }, address)).toBeNull();
  });

  test("leaves a proved person's password alone", async () => {
    const { email } = await makePerson({ password, verifiedAt: now });
    const { browser } = await askForLink(email);
    await browser.open(lastLink(email));
    expect(await signInWithPassword({ email, password }, address)).not.toBeNull();
  });

  test("is mailed five times in a quarter of an hour, not more", async () => {
    const email = "often@example.com";
    for (let n = 0; n < 5; n++) await askForLink(email);
    const { answer } = await askForLink(email);
    expect(answer.location).toContain("/sign-in?error=EmailSignin");
    expect(smtp.mails.filter((mail) => mail.to === email)).toHaveLength(5);
  });
});

describe("a provider's account", () => {
  const account = { provider: "google", type: "oauth", providerAccountId: "g-1" } as const;
  const ask = (profile: object) =>
    authOptions(address).callbacks?.signIn?.({
      user: { id: "g-1", email: "v@example.com" },
      account,
      profile,
    });

  test("is let in only with an address that the provider vouches for", async () => {
    expect(await ask({ email: "v@example.com", email_verified: false })).toBe(false);
    expect(await ask({ email: "v@example.com" })).toBe(false);
    expect(await ask({ email: "v@example.com", email_verified: true })).toBe(true);
  });

  test("links to the person of that address, whose unproved password goes", async () => {
    const person = await makePerson({ password });
    const adapter = createAdapter();
    await linkAccount({ ...account, userId: person.personId });
    expect(await adapter.getUserByAccount?.(account)).toMatchObject({
      id: person.personId,
      email: person.email,
    });
    expect(await signInWithPassword({ email: person.email, password }, address)).toBeNull();
  });

  test("appears among the ways in only when it is configured", () => {
    const ids = authOptions(address).providers.map((provider) => provider.id);
    expect(ids).toEqual(["credentials", "google", "email"]);
  });
});

describe("a forgotten password", () => {
  test("is replaced by the holder of the mailed link, once; all sessions end", async () => {
    const person = await makePerson({ password, verifiedAt: now });
    const browser = createBrowser(authOptions(address));
    await browser.post("callback/credentials", { email: person.email, password });
    await (
      await forgotPassword({ address, now }, { email: person.email })
    ).sending;
    const token = new URL(lastLink(person.email)).searchParams.get("token") ?? "";
    const next = { email: person.email, token, password: "another horse battery" };
    await resetPassword({ address, now }, next);
    await expect(resetPassword({ address, now }, next)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await readSession(browser.headers())).toBeNull();
    expect(await signInWithPassword(next, address)).not.toBeNull();
  });

  test("of nobody gets the same answer, and no mail; a sign-in link resets nothing", async () => {
    await (
      await forgotPassword({ address, now }, { email: "nobody@example.com" })
    ).sending;
    expect(smtp.mails).toEqual([]);
    const { email } = await makePerson({ password });
    await askForLink(email);
    const token = new URL(lastLink(email)).searchParams.get("token") ?? "";
    const resetting = resetPassword({ address, now }, { email, token, password: "another horse battery" });
    await expect(resetting).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("registering", () => {
  test("with an invitation that came by mail makes a member", async () => {
    const tenant = await makeTenant();
    const ctx = contextOf(tenant, await makeMember(tenant, "owner"), now);
    const email = "guest@example.com";
    const { link, mailed } = await inviteMember(ctx, { email, role: "viewer" });
    expect(mailed).toBe(true);
    expect(lastLink(email)).toBe(link);
    const invitationToken = new URL(link).searchParams.get("token") ?? "";
    const asOther = register(request, { email: "other@example.com", password, invitationToken });
    await expect(asOther).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await register(request, { email, password, name: "Guest", invitationToken })).toEqual({
      slug: tenant.slug,
    });
    const person = await signInWithPassword({ email, password }, address);
    expect(await tenantForMember(person?.id ?? "", tenant.slug)).toMatchObject({ role: "viewer" });
  });

  test("takes no taken address, and changes nothing for its owner", async () => {
    const { email } = await makePerson({ password });
    const again = register(request, { email, password: "another horse battery" });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await signInWithPassword({ email, password }, address)).not.toBeNull();
  });
});
