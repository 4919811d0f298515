import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { digestOf } from "@/server/crypto/tokens";
import { rawPool } from "@/server/db";
import { DomainError } from "@/server/errors";
import { addressGroup } from "./client-address";
import { signInTries } from "./schemas";

/** What is counted: tries of a password, mails that we are asked to send, and new people. */
export type Throttled = "password" | "mail" | "register";

interface Query {
  text: string;
  values: unknown[];
}

// Unnamed statements: a named one is lost behind PgBouncer in transaction mode.
const store = { query: ({ text, values }: Query) => rawPool("auth").query(text, values) };

function limiter(keyPrefix: string, points: number, minutes: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: store,
    storeType: "client",
    tableName: "sign_in_throttle",
    tableCreated: true,
    keyPrefix,
    points,
    duration: minutes * 60,
  });
}

const { count, minutes } = signInTries;
const limiters: Record<Throttled, { account: RateLimiterPostgres; address: RateLimiterPostgres }> = {
  password: {
    account: limiter("pw-account", count, minutes),
    address: limiter("pw-address", 5 * count, minutes),
  },
  mail: { account: limiter("mail-account", 5, minutes), address: limiter("mail-address", 20, minutes) },
  register: { account: limiter("new-account", 10, 60), address: limiter("new-address", 20, 60) },
};

function keysOf(account: string, address: string) {
  return { account: digestOf(account).toString("base64url"), address: addressGroup(address).slice(0, 128) };
}

/**
 * Counts a try before it is made, so that parallel ones cannot slip by. The account comes first: tries on a paused one
 * are not held against the address, which a whole office may share. A window ends by itself; nobody is locked out for good.
 * @throws DomainError RATE_LIMITED; UNAVAILABLE when it cannot be counted (closed, not open)
 */
export async function countTry(what: Throttled, account: string, address: string): Promise<void> {
  const { account: byAccount, address: byAddress } = limiters[what];
  const keys = keysOf(account, address);
  try {
    await byAccount.consume(keys.account);
    await byAddress.consume(keys.address);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) {
      const retryAfterSeconds = Math.max(Math.ceil(refusal.msBeforeNext / 1000), 1);
      throw new DomainError("RATE_LIMITED", "Too many tries; please wait a while.", { retryAfterSeconds });
    }
    throw new DomainError(
      "UNAVAILABLE",
      "Please try again in a moment.",
      { retryAfterSeconds: 2 },
      { cause: refusal },
    );
  }
}

/** After a success: the account starts afresh, and the address gets its one try back. */
export async function forgiveTry(what: Throttled, account: string, address: string): Promise<void> {
  const keys = keysOf(account, address);
  await limiters[what].account.delete(keys.account);
  await limiters[what].address.reward(keys.address);
}
