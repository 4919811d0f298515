import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { ranges } from "../_ranges/range";

export const overviewParams = {
  range: parseAsStringLiteral(ranges).withDefault("30d").withOptions({ history: "push" }),
};

export const loadOverviewParams = createLoader(overviewParams);
