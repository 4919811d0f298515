import type { Month } from "@/server/periods/schemas";

const format = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric", timeZone: "UTC" });

/** "October 2026" */
export const monthName = (month: Month) => format.format(new Date(`${month}-01T00:00:00Z`));
