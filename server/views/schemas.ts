import { z } from "zod";
import { printable } from "@/server/auth/schemas";
import { storableText } from "@/server/calls/schemas";

/** Screens with a scope, as their addresses name them below the tenant. */
export const viewScreens = [
  "overview",
  "features",
  "users",
  "prompts",
  "models",
  "teams",
  "calls",
  "runs",
  "cache",
  "errors",
  "attribution",
] as const;
export type ViewScreen = (typeof viewScreens)[number];

/**
 * What the screens keep in their addresses and a view remembers. What is open for a moment (a call, an explanation) is
 * none of it. A screen that keeps something else names it here, or views forget it.
 */
export const viewParams = [
  "range",
  "from",
  "to",
  "compare",
  "cfrom",
  "cto",
  "match",
  "f",
  "by",
  "i",
  "order",
  "show",
  "window",
  "tag",
  "prompt",
  "run",
] as const;

/** A person's own, and as many of the tenant's. */
export const mostViews = 200;
/** How long a deleted view can be had back. */
export const restorableHours = 24;

/** Of an address: name and value, in order; a name may come again. */
export type ViewParam = [name: string, value: string];

const isOurs = (name: string) => viewParams.some((one) => one === name);
const Value = storableText(512);

export const paramsOf = (query: string): ViewParam[] => [...new URLSearchParams(query)];

/** The part of an address that a view remembers; everything else is left out. */
export function rememberedQuery(query: string): string {
  const kept = paramsOf(query).filter(([name]) => isOurs(name));
  return new URLSearchParams(kept).toString();
}

/** A query string of nothing but our own parameters. It becomes part of a link, never a link by itself. */
const ViewQuery = z
  .string()
  .max(12_000, "is too long to be kept")
  .superRefine((query, ctx) => {
    const params = paramsOf(query);
    if (params.length > 200) ctx.addIssue({ code: "custom", message: "has too many parts" });
    for (const [name, value] of params) {
      if (!isOurs(name))
        ctx.addIssue({ code: "custom", message: `${name.slice(0, 40)} is no part of a view` });
      else if (value !== "" && !Value.safeParse(value).success)
        ctx.addIssue({ code: "custom", message: `${name} holds what cannot be kept` });
    }
  });

const ViewName = z.string().trim().min(1, "must not be empty").max(80).regex(printable, "must be printable");

export const SaveViewInput = z.strictObject({
  name: ViewName,
  screen: z.enum(viewScreens),
  query: ViewQuery,
  /** With everybody of the tenant; else it is one's own. */
  shared: z.boolean().default(false),
});
export type SaveViewInput = z.input<typeof SaveViewInput>;

export const UpdateViewInput = z.strictObject({
  id: z.uuid(),
  screen: z.enum(viewScreens),
  query: ViewQuery,
});
export type UpdateViewInput = z.input<typeof UpdateViewInput>;

export const RenameViewInput = z.strictObject({ id: z.uuid(), name: ViewName });
export type RenameViewInput = z.input<typeof RenameViewInput>;

export const ViewInput = z.strictObject({ id: z.uuid() });
export type ViewInput = z.input<typeof ViewInput>;
