import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { demoFacts } from "@/tests/setup/demo";
import { nobody, type Session, signIn } from "@/tests/setup/sign-in";

/** Of the demo data; they share its password. */
export const people = {
  owner: "demo@tokenledger.dev",
  viewer: "viewer@tokenledger.dev",
  globexOwner: "globex@tokenledger.dev",
} as const;
export type Person = keyof typeof people;

interface Fixtures {
  /** Who sits at the browser; null is nobody yet. */
  person: Person | null;
  /** Errors in the console that the journey is meant to cause. */
  tolerated: RegExp[];
  /** Whatever the console called an error, in every window of the test. */
  strayErrors: string[];
  /** Another browser, with its own cookies. */
  openElsewhere: () => Promise<Page>;
}

interface WorkerFixtures {
  sessionOf: (person: Person) => Promise<Session>;
}

function listen(context: BrowserContext, errors: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => errors.push(String(error.error())));
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  person: [null, { option: true }],
  tolerated: [[], { option: true }],
  sessionOf: [
    async ({ browser }, provide) => {
      const sessions = new Map<Person, Promise<Session>>();
      await provide((person) => {
        const known = sessions.get(person) ?? signIn(browser, { ...demoFacts(), email: people[person] });
        sessions.set(person, known);
        return known;
      });
    },
    { scope: "worker" },
  ],
  storageState: async ({ person, sessionOf }, provide) =>
    provide(person === null ? nobody : await sessionOf(person)),
  strayErrors: [
    async ({ context, tolerated }, provide) => {
      const errors: string[] = [];
      listen(context, errors);
      await provide(errors);
      const strays = errors.filter((text) => !tolerated.some((known) => known.test(text)));
      expect(strays, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
  openElsewhere: async ({ browser, strayErrors }, provide) => {
    const contexts: BrowserContext[] = [];
    await provide(async () => {
      const context = await browser.newContext({ storageState: nobody });
      contexts.push(context);
      listen(context, strayErrors);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };
