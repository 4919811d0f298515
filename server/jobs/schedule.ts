import { CronExpressionParser } from "cron-parser";

const zonePrefix = /^TZ=(\S+)\s+(.+)$/;

/** The last instant at or before `now` that the cron expression names. "TZ=Asia/Kolkata 30 2 * * *" is local to its zone. */
export function latestTick(cron: string, now: Date): Date {
  const [, zone = "UTC", expression = cron] = zonePrefix.exec(cron) ?? [];
  // The parser looks strictly before its date.
  const currentDate = new Date(now.getTime() + 1);
  return CronExpressionParser.parse(expression, { currentDate, tz: zone }).prev().toDate();
}

/** The tick that is due, or null. However many were missed while we were down, one run makes up for them. */
export function dueTick(cron: string, last: Date, now: Date): Date | null {
  const latest = latestTick(cron, now);
  return latest > last ? latest : null;
}

const separator = " @ ";

/** Names a cron tick as the cause of a run; sorts by time within one expression. */
export function cronCause(cron: string, tick: Date): string {
  return `cron ${cron}${separator}${tick.toISOString()}`;
}

export function parseCronCause(cause: string): { cron: string; tick: Date } | null {
  if (!cause.startsWith("cron ")) return null;
  const at = cause.lastIndexOf(separator);
  return at < 0 ? null : { cron: cause.slice(5, at), tick: new Date(cause.slice(at + separator.length)) };
}
