import { z } from "zod";

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// URL");
const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`, "i"), `must be ${String(bytes)} bytes in hex`);
const unset = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(unset, schema.optional());

/** Every variable that the product reads. `npm start` fills in what an embedded installation can make by itself. */
const Environment = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    HOST: z.string().min(1).default("0.0.0.0"),
    DATA_DIR: z.string().min(1).default(".data"),
    LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
    DATABASE_URL: postgresUrl,
    DATABASE_INGEST_URL: postgresUrl,
    DATABASE_JOBS_URL: postgresUrl,
    DATABASE_AUTH_URL: postgresUrl,
    DATABASE_REPLICA_URL: optional(postgresUrl),
    DATABASE_MIGRATE_URL: optional(postgresUrl),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(4),
    NEXTAUTH_URL: z.url(),
    NEXTAUTH_SECRET: z.string().min(32, "must have 32 characters or more"),
    ENCRYPTION_KEY: hex(32),
    GOOGLE_CLIENT_ID: optional(z.string()),
    GOOGLE_CLIENT_SECRET: optional(z.string()),
    GITHUB_CLIENT_ID: optional(z.string()),
    GITHUB_CLIENT_SECRET: optional(z.string()),
    SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, "must be an smtp:// or smtps:// URL")),
    SMTP_FROM: optional(z.string()),
    // Messages to Slack go to this server instead of Slack's: a receiver of one's own, for tests.
    SLACK_RECEIVER_URL: optional(z.url()),
    // What is meant for Stripe goes to this server instead, with test keys only: for tests.
    STRIPE_API_URL: optional(z.url()),
    INNGEST_EVENT_KEY: optional(z.string()),
    INNGEST_SIGNING_KEY: optional(z.string()),
    INNGEST_BASE_URL: optional(z.url()),
    INNGEST_DEV: optional(z.string()),
    // Sources may stand in one's own network, and speak plain http there.
    ALLOW_PRIVATE_SOURCES: z.enum(["on", "off"]).default("off"),
    // Off, so that an installation calls nobody whom its owner has not named; each release brings its price lists along.
    PRICE_FEEDS: z.enum(["on", "off"]).default("off"),
    // Where BI tools reach the database, if not where we do: a name for the outside, a replica, a tunnel.
    BI_PUBLIC_HOST: optional(z.string().regex(/^[\w.:-]+$/, "must be a host's name or address")),
    BI_PUBLIC_PORT: optional(z.coerce.number().int().min(1).max(65535)),
    // For rehearsals (of a month end, say) on an embedded database: the product believes that so many days have passed.
    CLOCK_AHEAD_DAYS: z.coerce.number().min(0).max(400).default(0),
    // What the running code was built from, where whoever built it tells: statements say so.
    GIT_COMMIT: optional(z.string().regex(/^[0-9a-f]{7,64}$/, "must be a commit's hash")),
    // Set by `npm start` when it drives the jobs itself.
    EMBEDDED_JOBS: z.enum(["on", "off"]).default("off"),
  })
  .superRefine((value, context) => {
    const together = [
      ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
      ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
      ["SMTP_URL", "SMTP_FROM"],
    ] as const;
    for (const [one, other] of together) {
      if (!value[one] !== !value[other]) {
        context.addIssue({
          code: "custom",
          path: [value[one] ? other : one],
          message: `is needed with ${value[one] ? one : other}`,
        });
      }
    }
    if (value.NODE_ENV === "production" && value.INNGEST_DEV) {
      context.addIssue({
        code: "custom",
        path: ["INNGEST_DEV"],
        message: "must not be set in production: it switches signature checks off",
      });
    }
  });

export type Environment = z.infer<typeof Environment>;

/** @throws Error with one line for each wrong variable, naming it and never its value. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const parsed = Environment.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return source[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`;
  });
  throw new Error(`The environment is not usable:\n  ${lines.join("\n  ")}`);
}

export const env: Environment = parseEnvironment(process.env);
