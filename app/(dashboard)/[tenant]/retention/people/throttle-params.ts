import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { type ThrottleGroup, throttleGroups } from "@/server/analytics/people/people-schemas";

export const throttleParams = { show: parseAsStringLiteral(throttleGroups).withDefault("leaving") };
export const loadThrottleParams = createLoader(throttleParams);

export const throttleRows = 50;
/** Asked alike by the page (to prefetch) and in the browser. */
export const throttleQuestion = (group: ThrottleGroup, limit = throttleRows) => ({ group, limit });
