import { z } from "zod";
import { printable } from "@/server/auth/schemas";
import { TimeZone } from "@/server/tenants/schemas";

export const sourceKinds = ["langfuse", "plausible"] as const;
export const SourceKind = z.enum(sourceKinds);
export type SourceKind = z.infer<typeof SourceKind>;

export const connectionStates = ["active", "paused", "failing"] as const;
export const ConnectionState = z.enum(connectionStates);
export type ConnectionState = z.infer<typeof ConnectionState>;

/** Connections of a tenant; each is asked every hour. */
export const maxConnections = 20;
/** Pulls that fail one after the other until the connection counts as failing. It is still tried each hour. */
export const failuresUntilFailing = 3;

const text = (max: number) =>
  z.string().trim().min(1, "must not be empty").max(max).regex(printable, "must be printable");
/** Goes into a header: visible ASCII. */
const secret = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(300)
  .regex(/^[\x21-\x7e]+$/, "must be a key as it was shown to you, without blanks");
/** How far back the first pull goes. */
const DaysBack = z.int().min(0, "must not be negative").max(730, "must be at most 730 days").default(30);

export const LangfuseSettings = z.strictObject({ daysBack: DaysBack });
export type LangfuseSettings = z.infer<typeof LangfuseSettings>;

export const PlausibleSettings = z.strictObject({
  /** The site's domain, as Plausible names it. */
  siteId: text(253),
  /** The goal that stands for use of a feature. */
  goal: text(120),
  /** The custom property that names the feature. */
  property: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_.:-]{1,100}$/, "must be letters, digits and _ . : -")
    .default("feature"),
  /** The site's reporting zone, in which Plausible's days are. */
  timeZone: TimeZone,
  daysBack: DaysBack,
});
export type PlausibleSettings = z.infer<typeof PlausibleSettings>;

// A public key has no colon, which is what ends it in a Basic header.
export const LangfuseCredentials = z.strictObject({
  publicKey: secret.refine((key) => !key.includes(":"), "must have no colon"),
  secretKey: secret,
});
export type LangfuseCredentials = z.infer<typeof LangfuseCredentials>;
export const PlausibleCredentials = z.strictObject({ apiKey: secret });
export type PlausibleCredentials = z.infer<typeof PlausibleCredentials>;

const common = { name: text(80), baseUrl: z.string().trim().min(1, "must not be empty").max(500) };
export const AddConnectionInput = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("langfuse"),
    ...common,
    credentials: LangfuseCredentials,
    settings: LangfuseSettings.default({ daysBack: 30 }),
  }),
  z.strictObject({
    kind: z.literal("plausible"),
    ...common,
    credentials: PlausibleCredentials,
    /** Without a zone, the tenant's. */
    settings: PlausibleSettings.extend({ timeZone: TimeZone.optional() }),
  }),
]);
export type AddConnectionInput = z.input<typeof AddConnectionInput>;

export const ConnectionInput = z.strictObject({ id: z.uuid() });
export type ConnectionInput = z.infer<typeof ConnectionInput>;

export const PullInput = z.strictObject({ connectionId: z.uuid() });
export type PullInput = z.infer<typeof PullInput>;
