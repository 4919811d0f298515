import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { policyTags } from "@/server/attribution/schemas";
import { ranges } from "../_ranges/range";

export const coverageParams = {
  range: parseAsStringLiteral(ranges).withDefault("30d").withOptions({ history: "push" }),
  /** Whose lack is listed by where it comes from. */
  tag: parseAsStringLiteral(policyTags).withDefault("feature").withOptions({ history: "push" }),
};

export const loadCoverageParams = createLoader(coverageParams);
