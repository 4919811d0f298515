import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { usdDecimals } from "@/server/prices/decimal";
import { focusColumns, type FocusName, focusNames, type FocusRow, type FocusType } from "./columns";
import { focusVersion } from "./schemas";

/** Rows of a group: what is held in memory at once. */
const rowsOfGroup = 10_000;

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

const typeOf: Record<FocusType, Pick<SchemaElement, "type" | "converted_type" | "type_length" | "precision" | "scale">> = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  // Amounts are never binary fractions.
  decimal: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 16, converted_type: "DECIMAL", precision: 38, scale: usdDecimals },
  instant: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
  whole: { type: "INT64" },
}; // prettier-ignore

const schema: SchemaElement[] = [
  { name: "focus", num_children: focusNames.length },
  ...focusNames.map((name): SchemaElement => {
    const { type, isNullable } = focusColumns[name];
    return { name, ...typeOf[type], repetition_type: isNullable ? "OPTIONAL" : "REQUIRED" };
  }),
];

/** "-1.5" → -1500000000000000000n: a decimal string in units of its last decimal that Parquet keeps. */
export function unscaled(text: string): bigint {
  const [, sign, whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  if (sign === undefined) throw new Error(`not a decimal of at most 18 decimals: ${text.slice(0, 60)}`);
  const units = BigInt(whole + fraction.padEnd(usdDecimals, "0"));
  return sign === "-" ? -units : units;
}

function cellOf(name: FocusName, value: string | null) {
  if (value === null) return null;
  const { type } = focusColumns[name];
  if (type === "decimal") return unscaled(value);
  if (type === "instant") return new Date(value);
  return type === "whole" ? BigInt(value) : value;
}

/** A file of groups of rows, each written when it is full; decimals are DECIMAL(38, 18). */
export async function* focusParquet(rows: AsyncIterable<FocusRow[]>): AsyncIterable<Uint8Array> {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema,
    createdBy: "tokenledger",
    kvMetadata: [{ key: "FocusVersion", value: focusVersion }],
  });
  // Offsets go on counting; only what was handed out is forgotten.
  const taken = () => {
    const bytes = Buffer.from(writer.getBuffer());
    writer.index = 0;
    return bytes;
  };
  const writeGroup = async (group: readonly FocusRow[]) => {
    const columnData = focusNames.map((name) => ({
      name,
      data: group.map((row) => cellOf(name, row[name])),
    }));
    await file.write({ columnData, rowGroupSize: rowsOfGroup });
    return taken();
  };
  let waiting: FocusRow[] = [];
  for await (const batch of rows) {
    waiting.push(...batch);
    while (waiting.length >= rowsOfGroup) {
      yield await writeGroup(waiting.slice(0, rowsOfGroup));
      waiting = waiting.slice(rowsOfGroup);
    }
  }
  if (waiting.length > 0) yield await writeGroup(waiting);
  await file.finish();
  yield taken();
}
