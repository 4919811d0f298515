import type { Browser, BrowserContext } from "@playwright/test";

export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Of nobody yet. */
export const nobody: Session = { cookies: [], origins: [] };

/** The form's own request, without the form. @throws when the product refuses */
export async function signIn(
  browser: Browser,
  { url, email, password }: { url: string; email: string; password: string },
): Promise<Session> {
  const context = await browser.newContext({ baseURL: url, storageState: nobody });
  const csrf = (await (await context.request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = { csrfToken: csrf.csrfToken, email, password, json: "true" };
  const answer = await context.request.post("/api/auth/callback/credentials", { form });
  if (answer.status() !== 200)
    throw new Error(`${email} could not sign in: the answer was ${String(answer.status())}.`);
  const session = await context.storageState();
  await context.close();
  return session;
}
