import { describe, expect, it } from "vitest";
import { viewParams } from "@/server/views/schemas";
import { orderParams } from "../_reports/order";
import { scopeParams } from "../_scope/params";
import { coverageParams } from "../attribution/search-params";
import { cacheParams } from "../cache/search-params";
import { callsParams } from "../calls/search-params";
import { promptParams } from "../prompts/search-params";
import { runsParams } from "../runs/search-params";

describe("a saved view", () => {
  it.each(
    Object.entries({
      scopeParams,
      orderParams,
      coverageParams,
      cacheParams,
      callsParams,
      promptParams,
      runsParams,
    }),
  )("remembers what %s say", (_name, params) =>
    expect(viewParams).toEqual(expect.arrayContaining(Object.keys(params))),
  );
});
