import { hash, verify } from "@node-rs/argon2";

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
export const argon2Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of nobody's password, and of the same cost, so that unknown people take as long to refuse as known ones. */
export const dummyHash =
  "$argon2id$v=19$m=19456,t=2,p=1$OhDBwNwQCJSr+UPFUlkl/w$paJG5C5wWxQifV61Ilh3LRW0o++YO3PH7eiNCCI4fbg";

/** Keyboards and phones compose the same letters differently. */
function composed(password: string): string {
  return password.normalize("NFKC");
}

export function hashPassword(password: string): Promise<string> {
  return hash(composed(password), argon2Cost);
}

/** Whether it is the password; `null` (no such person, or none set) costs the same work and is always false. */
export async function checkPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? dummyHash, composed(password));
  return matches && passwordHash !== null;
}
