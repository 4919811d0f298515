"use client";

import { Download } from "lucide-react";
import { ButtonLink } from "@/app/_components/ui/button";
import type { TableName } from "@/server/analytics/tables/registry";
import { useTenant } from "../_components/tenant-context";
import { type Exported, exportHref } from "./export-href";

interface CsvButtonProps<Name extends TableName> {
  table: Name;
  /** The very question that the screen asks; its paging is left out. */
  input: Exported<Name>;
  /** What is in the file, for readers of the screen: "features". */
  of?: string;
}

/** Downloads what is shown, every row and digit of it. */
export function CsvButton<Name extends TableName>({ table, input, of }: CsvButtonProps<Name>) {
  const { slug } = useTenant();
  return (
    <ButtonLink
      size="sm"
      href={exportHref(slug, table, input)}
      download
      prefetch={false}
      aria-label={of === undefined ? "Download as CSV" : `Download ${of} as CSV`}
      title="All rows, every digit"
    >
      <Download /> CSV
    </ButtonLink>
  );
}
