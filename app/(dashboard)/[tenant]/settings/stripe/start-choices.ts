import { formatDate } from "@/app/_format/dates";
import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";

export interface StartChoice {
  /** An instant; empty: the next hour. */
  value: string;
  label: string;
}

/** When a meter may begin: Stripe takes usage of the last 35 days, less what the way takes. */
export function startChoices(now: Date, timeZone: string): StartChoice[] {
  const today = localDay(now, timeZone);
  const days: (readonly [string, string])[] = [
    [today, "Today"],
    [addDays(today, -1), "Yesterday"],
    [addDays(today, -7), "7 days ago"],
    [`${today.slice(0, 8)}01`, "The first of this month"],
    [addDays(today, -33), "33 days ago"],
  ];
  return [
    { value: "", label: "The next hour" },
    ...days.map(([day, label]) => {
      const value = startOfDay(day, timeZone).toISOString();
      return { value, label: `${label} (${formatDate(value, timeZone)})` };
    }),
  ];
}
