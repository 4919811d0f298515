import { randomBytes } from "node:crypto";
import { randomToken } from "@/server/crypto/tokens";
import { env } from "@/server/env";
import { addressOf, type BiAddress, connectionUrl } from "./address";
import { saltBytes, scramVerifier } from "./scram";

/** Everything that a tool asks for, shown once: of the password only a verifier is kept, by PostgreSQL. */
export interface ReaderLogin extends BiAddress {
  user: string;
  password: string;
  url: string;
}

export function biAddress(): BiAddress {
  return addressOf(env.DATABASE_URL, { host: env.BI_PUBLIC_HOST, port: env.BI_PUBLIC_PORT });
}

/** Says nothing of whose it is: every role of a server sees the names of all. */
export const newRoleName = () => `tlr_${randomBytes(10).toString("hex")}`;

export function newPassword(): { password: string; verifier: string } {
  const password = randomToken();
  return { password, verifier: scramVerifier(password, randomBytes(saltBytes)) };
}

export function loginOf(user: string, password: string): ReaderLogin {
  const address = biAddress();
  return { ...address, user, password, url: connectionUrl(address, user, password) };
}
