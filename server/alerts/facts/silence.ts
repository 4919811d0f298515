import type { Db } from "@/server/db";
import { type Calendar, hourMs } from "../calendar";
import type { ConnectionFacts, SilenceFacts } from "../rules/silent-source";
import { empty, type HourPoint, range, type Series, together } from "../series";
import { connectionsOf } from "./call-queries";
import type { FactsQuestion } from "./question";
import { daysBy, hoursBy, type Scope } from "./series-query";
import { daysOfMemory, hourRanges } from "./stretches";

export interface SilentFacts {
  silence: SilenceFacts[];
  connections: ConnectionFacts[];
}

/** Environments and everything together; their past only if one of them was silent for as long as it takes. */
export async function loadSilence(
  db: Db,
  scope: Scope,
  calendar: Calendar,
  question: FactsQuestion,
): Promise<SilentFacts> {
  const { first, last, settings } = question;
  const most = settings.most("silent-source", "silentHours");
  const tested = {
    from: calendar.startOfHour(calendar.hourOf(first) - most),
    to: calendar.startOfHour(calendar.hourOf(new Date(last.getTime() - 1)) + 1),
    days: null,
  };
  const hours = (ranges: Parameters<typeof hoursBy>[3]) =>
    hoursBy(db, scope, "environment", ranges, calendar.offsetQuarters);
  const days = await daysBy(db, scope, "environment", daysOfMemory(calendar, first, last));
  const lately = factsOf(calendar, await hours([tested]), days);
  const isQuiet = lately.some((facts) => wasQuiet(facts, question));
  return {
    silence: isQuiet ? factsOf(calendar, await hours(hourRanges(calendar, first, last)), days) : lately,
    connections: await connectionsOf(db, scope.tenantId),
  };
}

function factsOf(
  calendar: Calendar,
  hours: ReadonlyMap<string, Series<HourPoint>>,
  days: ReadonlyMap<string, Series>,
): SilenceFacts[] {
  const named = [...days].flatMap(([key, ofDays]): SilenceFacts[] =>
    key === ""
      ? []
      : [{ calendar, subject: { kind: "environment", key }, hours: hours.get(key) ?? empty, days: ofDays }],
  );
  const subject = { kind: "tenant" as const, key: "" };
  return [{ calendar, subject, hours: together(hours.values()), days: together(days.values()) }, ...named];
}

/** Whether any judgement would see nothing but empty hours. */
function wasQuiet(
  { calendar, subject, hours }: SilenceFacts,
  { first, last, settings }: FactsQuestion,
): boolean {
  const params = settings.of("silent-source", subject);
  if (!params) return false;
  const ends = range(calendar.hourOf(first), calendar.hourOf(new Date(last.getTime() + hourMs - 1)));
  return ends.some((end) => hours.sum(end - params.silentHours, end - 1, ({ calls }) => calls) === 0);
}
