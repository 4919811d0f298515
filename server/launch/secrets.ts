import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LaunchError, systemCode } from "./failure";
import { writeWhole } from "./write-whole";

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

// Each secret makes itself when it is missing, so that a later version can add one to an existing installation.
const Secrets = z.object({
  superuserPassword: z.string().default(() => hex(24)),
  migratorPassword: z.string().default(() => hex(24)),
  appPassword: z.string().default(() => hex(24)),
  ingestPassword: z.string().default(() => hex(24)),
  jobsPassword: z.string().default(() => hex(24)),
  authPassword: z.string().default(() => hex(24)),
  nextAuthSecret: z.string().default(() => hex(32)),
  encryptionKey: z.string().default(() => hex(32)),
  inngestEventKey: z.string().default(() => hex(24)),
  // The prefix tells the SDK how to derive the key that it sends as a bearer token.
  inngestSigningKey: z.string().default(() => `signkey-prod-${hex(32)}`),
});
export type Secrets = z.infer<typeof Secrets>;

/** The passwords and keys of an embedded installation: made once, kept in `secrets.json`, readable by its owner alone. */
export function loadSecrets(dataFolder: string): Secrets {
  const secrets = readSecrets(dataFolder);
  saveSecrets(dataFolder, secrets);
  return secrets;
}

/** Those on disk, and new ones for what is missing there; writes nothing. */
export function readSecrets(dataFolder: string): Secrets {
  const file = fileIn(dataFolder);
  const parsed = Secrets.safeParse(readStored(file));
  if (parsed.success) return parsed.data;
  throw new LaunchError(
    `${file} does not hold this product's secrets; restore it, or remove it together with the whole data folder.`,
  );
}

export function saveSecrets(dataFolder: string, secrets: Secrets): void {
  const file = fileIn(dataFolder);
  const text = `${JSON.stringify(secrets, null, 2)}\n`;
  if (JSON.stringify(readStored(file)) !== JSON.stringify(secrets)) writeWhole(file, text, 0o600);
}

const fileIn = (dataFolder: string) => join(dataFolder, "secrets.json");

function readStored(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return {};
    throw new LaunchError(`${file} can't be read (${systemCode(error) || "it is not JSON"}).`, {
      cause: error,
    });
  }
}
