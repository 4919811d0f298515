import { addDays, startOfDay } from "@/server/calendar/local-day";
import { storableText } from "@/server/calls/schemas";
import { type FeatureDay, queryFeatureDays } from "@/server/clients/plausible";
import { OutboundFailure } from "@/server/clients/outbound-failure";
import type { Ctx } from "@/server/context";
import { recordUsageSums, type UsageSum } from "@/server/usage/record-sums";
import { openCredentials } from "./credentials";
import { beginDays, nextDays, PlausibleResume } from "./plausible-days";
import { type PullableConnection, saveProgress } from "./queries";
import { PlausibleCredentials, PlausibleSettings } from "./schemas";

const pageSize = 10_000;
const mostPages = 20;
const Feature = storableText(256);

/**
 * Brings a month of feature use by day: what we had of these days becomes what Plausible says now.
 * @returns whether there is more
 * @throws OutboundFailure, DomainError UNAVAILABLE
 */
export async function pullPlausible(ctx: Ctx, connection: PullableConnection): Promise<{ more: boolean }> {
  const { apiKey } = openCredentials(ctx.tenant.id, connection.credentials, PlausibleCredentials);
  const settings = PlausibleSettings.parse(connection.settings);
  const saved = PlausibleResume.safeParse(connection.resume);
  const place = saved.success ? saved.data : beginDays(connection.pulledTo, ctx.now, settings);
  const { from, to, resume } = nextDays(place);
  const access = { baseUrl: connection.baseUrl, apiKey };

  const days = await allPages((offset) =>
    queryFeatureDays(access, { ...settings, from, to, limit: pageSize, offset }),
  );
  const good = days.filter(
    ({ feature, day }) =>
      day >= from && day <= to && (feature === null || Feature.safeParse(feature).success),
  );
  const source = `plausible:${connection.id}`;
  const answer = await recordUsageSums(ctx, {
    source,
    from: startOfDay(from, settings.timeZone),
    to: startOfDay(addDays(to, 1), settings.timeZone),
    sums: good.map((row) => sumOf(source, row, settings)),
  });
  // Today is not over: the next run begins before it anyway.
  const pulledTo = resume === null ? ctx.now : startOfDay(resume.from, settings.timeZone);
  const counts = {
    items: days.length,
    accepted: answer.changed,
    duplicates: answer.unchanged,
    rejected: days.length - good.length,
  };
  const id = { tenantId: ctx.tenant.id, id: connection.id };
  await ctx.db.rollup((db) => saveProgress(db, id, { pulledTo, resume, counts, at: ctx.now }));
  return { more: resume !== null };
}

async function allPages(ask: (offset: number) => Promise<FeatureDay[]>): Promise<FeatureDay[]> {
  const all: FeatureDay[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const rows = await ask(page * pageSize);
    all.push(...rows);
    if (rows.length < pageSize) return all;
  }
  throw new OutboundFailure("too_large", "Plausible knows more features than we can take at once.");
}

function sumOf(source: string, row: FeatureDay, settings: PlausibleSettings): UsageSum {
  return {
    messageId: `${source}:${row.feature ?? ""}:${row.day}`,
    occurredAt: startOfDay(row.day, settings.timeZone),
    feature: row.feature,
    event: settings.goal,
    count: row.events,
    visitors: row.visitors,
  };
}
