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
  const file = join(dataFolder, "secrets.json");
  const stored = readStored(file);
  const parsed = Secrets.safeParse(stored);
  if (!parsed.success) {
    throw new LaunchError(
      `${file} does not hold this product's secrets; restore it from a backup, or remove it with the whole data folder.`,
    );
  }
  const text = `${JSON.stringify(parsed.data, null, 2)}\n`;
  if (JSON.stringify(stored) !== JSON.stringify(parsed.data)) writeWhole(file, text, 0o600);
  return parsed.data;
}

function readStored(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return {};
    throw new LaunchError(`${file} can't be read (${systemCode(error) || "it is not JSON"}).`, {
      cause: error,
    });
  }
}
