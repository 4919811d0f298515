import type { TableInput, TableName } from "@/server/analytics/tables/registry";

/** A table's question, with or without the page of it that is shown. */
export type Exported<Name extends TableName> = TableInput<Name> & {
  limit?: number;
  offset?: number;
  cursor?: string;
};

/**
 * Where a table can be downloaded: all of its rows, whichever page is shown. With the mark that makes Excel read umlauts;
 * programs leave `bom` out.
 */
export function exportHref<Name extends TableName>(slug: string, table: Name, input: Exported<Name>): string {
  const question = { ...input, limit: undefined, offset: undefined, cursor: undefined };
  const query = new URLSearchParams({ tenant: slug, bom: "1", input: JSON.stringify(question) });
  return `/api/reports/${table}?${query.toString()}`;
}
