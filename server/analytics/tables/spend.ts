import { DomainError } from "@/server/errors";
import { SpendInput, type SpendRow } from "../schemas";
import { spend } from "../spend";
import { figureColumns } from "./figure-columns";
import { type Column, defineTable, number, text } from "./table";

const mostRows = 10_000;

/** reports.spend: groups × buckets. */
export const spendTable = defineTable({
  right: "reports:read",
  input: SpendInput.omit({ limit: true }),
  columns: ({ groupBy, granularity }): Column<SpendRow>[] => [
    ...(granularity === "total" ? [] : [text<SpendRow>(granularity, ({ bucket }) => bucket)]),
    ...(groupBy ? [text<SpendRow>(groupBy, ({ key }) => key)] : []),
    ...figureColumns<SpendRow>((row) => row),
    number("correctionsUsd", ({ corrections }) => corrections?.usd ?? null),
    number("correctionsCalls", ({ corrections }) => corrections?.calls ?? null),
  ],
  async *pages(ctx, input) {
    const { rows, truncated, from, to, watermark } = await spend(ctx, { ...input, limit: mostRows });
    if (truncated) {
      throw new DomainError(
        "PAYLOAD_TOO_LARGE",
        `This question has more than ${mostRows.toLocaleString("en-US")} rows. Choose a shorter range or longer buckets.`,
        { field: "granularity" },
      );
    }
    yield { rows, from, to, watermark };
  },
});
