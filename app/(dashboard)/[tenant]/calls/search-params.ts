import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { startOfDay } from "@/server/calendar/local-day";
import type { CallFilter } from "@/server/calls/schemas";

export const orders = ["newest", "dearest"] as const;

const statuses = ["priced", "partial", "unpriced", "reported", "estimated"] as const;
/** Tags whose absence can be asked for. */
export const missingTags = [
  "feature",
  "user",
  "account",
  "team",
  "environment",
  "prompt",
  "route",
  "key",
] as const;
const list = parseAsArrayOf(parseAsString);

/** The tags that calls can be narrowed by: name in the URL → name on the chip. */
export const tagLabels = {
  feature: "Feature",
  user: "User",
  account: "Account",
  model: "Model",
  provider: "Provider",
  prompt: "Prompt",
  team: "Team",
  environment: "Environment",
  error: "Error",
  route: "Route",
  source: "Source",
  key: "Key id",
} as const;
export type TagParam = keyof typeof tagLabels;

export const callsParams = {
  /** Instead of the ledger's calls, those that were kept out of it. */
  show: parseAsStringLiteral(["kept-out"]),
  order: parseAsStringLiteral(orders).withDefault("newest"),
  /** Local days; `to` is not included. */
  from: parseAsString,
  to: parseAsString,
  feature: list,
  user: list,
  account: list,
  model: list,
  provider: list,
  prompt: list,
  team: list,
  environment: list,
  error: list,
  route: list,
  source: list,
  key: list,
  status: parseAsArrayOf(parseAsStringLiteral(statuses)),
  without: parseAsArrayOf(parseAsStringLiteral(missingTags)),
};

export const loadCallsParams = createLoader(callsParams);
export type CallsParams = Awaited<ReturnType<typeof loadCallsParams>>;

const serialize = createSerializer(callsParams);

export function callsHref(slug: string, params: Partial<CallsParams>): string {
  return serialize(`/${slug}/calls`, params);
}

const localDay = /^\d{4}-\d{2}-\d{2}$/;
const withoutFields = {
  feature: "feature",
  user: "userId",
  account: "accountId",
  team: "team",
  environment: "environment",
  prompt: "promptId",
  route: "route",
  key: "keyId",
} as const;

const isDay = (day: string | null): day is string =>
  day !== null && localDay.test(day) && !Number.isNaN(Date.parse(day));

/** The same choice in the terms of reports.spend; null where the roll-ups cannot tell its sum. */
export function totalQuestion(params: CallsParams) {
  const { from, to, status, without } = params;
  const { user, account, route, source, key } = params;
  const byOrigin = route !== null || source !== null || key !== null;
  if (byOrigin || without?.some((name) => name === "route" || name === "key") === true) return null;
  const byUser =
    user !== null ||
    account !== null ||
    without?.some((name) => name === "user" || name === "account") === true;
  const byWork = params.prompt !== null || params.error !== null || without?.includes("prompt") === true;
  if (!isDay(from) || !isDay(to) || to <= from || status !== null || (byUser && byWork)) return null;
  if (without?.some((name) => params[name] !== null)) return null;
  const values = (name: TagParam) =>
    (without as readonly string[] | null)?.includes(name) ? [null] : (params[name] ?? undefined);
  const filter = {
    feature: values("feature"),
    user: values("user"),
    account: values("account"),
    model: values("model"),
    provider: values("provider"),
    prompt: values("prompt"),
    team: values("team"),
    environment: values("environment"),
    error: values("error"),
  };
  return { from, to, filter, granularity: "total" } as const;
}

/** What the URL asks for, in the terms of calls.list; what is not a day is left out rather than sent on. */
export function callsQuestion(params: CallsParams, timeZone: string) {
  const instant = (day: string | null) => (isDay(day) ? startOfDay(day, timeZone).toISOString() : undefined);
  const filter: CallFilter = {
    feature: params.feature ?? undefined,
    userId: params.user ?? undefined,
    accountId: params.account ?? undefined,
    model: params.model ?? undefined,
    provider: params.provider ?? undefined,
    promptId: params.prompt ?? undefined,
    team: params.team ?? undefined,
    environment: params.environment ?? undefined,
    errorClass: params.error ?? undefined,
    route: params.route ?? undefined,
    source: params.source ?? undefined,
    keyId: params.key ?? undefined,
    priceStatus: params.status ?? undefined,
    without: params.without?.map((name) => withoutFields[name]),
  };
  return { order: params.order, from: instant(params.from), to: instant(params.to), filter, limit: 50 };
}
