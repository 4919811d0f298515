import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { states } from "@/server/recommendations/schemas";

/** Which recommendations; without: those that nobody has decided on. */
export const stateParam = parseAsStringLiteral(states).withDefault("open");
export const loadRecommendationsParams = createLoader({ state: stateParam });
