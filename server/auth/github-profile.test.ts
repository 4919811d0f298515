import { afterEach, describe, expect, test, vi } from "vitest";
import { requestGithubProfile } from "./github-profile";
import { vouchedEmail } from "./verified-email";

type Request = Parameters<typeof requestGithubProfile>[0];

afterEach(() => vi.unstubAllGlobals());

/** What next-auth would get from a GitHub that answers so. */
async function profileFrom(status: number, emails: unknown) {
  const answer = vi.fn(() => Promise.resolve(new Response(JSON.stringify(emails), { status })));
  vi.stubGlobal("fetch", answer);
  const client = { userinfo: () => Promise.resolve({ id: 7, login: "ann", email: "public@example.com" }) };
  const request: Partial<Record<keyof Request, unknown>> = { client, tokens: { access_token: "t" } };
  return requestGithubProfile(request as Request);
}

describe("a GitHub profile", () => {
  test("carries the proved primary address, not the public one", async () => {
    const profile = await profileFrom(200, [
      { email: "other@example.com", primary: false, verified: true },
      { email: "Ann@example.com", primary: true, verified: true },
    ]);
    expect(vouchedEmail(profile)).toBe("ann@example.com");
  });

  test.each([
    ["the primary one is unproved", 200, [{ email: "ann@example.com", primary: true, verified: false }]],
    ["GitHub refuses to list them", 403, { message: "Forbidden" }],
  ])("vouches for nothing when %s", async (_, status, emails) => {
    expect(vouchedEmail(await profileFrom(status, emails))).toBeNull();
  });
});
