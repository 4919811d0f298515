import { renameSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { z } from "zod";

/** The little of DuckDB's API that is used here: its package is installed beside, not with the product. */
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): unknown[] }>;
}
interface Api {
  DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }> };
}

export interface DuckDb {
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** Rows of a CSV file (written by COPY … HEADER) as a Parquet file. */
  writeParquet(csvFile: string, parquetFile: string, types: Record<string, string>): Promise<void>;
  close(): void;
}

/** DuckDB in memory, with a Parquet file under the name `call`. */
export async function openDuckDb(parquetFile?: string): Promise<DuckDb> {
  const require = createRequire(import.meta.url);
  const { DuckDBInstance } = (await import(pathToFileURL(require.resolve("@duckdb/node-api")).href)) as Api;
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  if (parquetFile !== undefined)
    await connection.run(`CREATE VIEW call AS SELECT * FROM read_parquet('${parquetFile}')`);
  return {
    async query(sql) {
      const reader = await connection.runAndReadAll(sql);
      return z.array(z.record(z.string(), z.unknown())).parse(reader.getRowObjectsJson());
    },
    async writeParquet(csvFile, file, types) {
      const columns = Object.entries(types).map(([name, type]) => `'${name}': '${type}'`);
      // Rows were written in the order of time: so are those of the Parquet file, and its row groups can be left out by their bounds.
      await connection.run(
        `COPY (SELECT * FROM read_csv('${csvFile}', header = true, columns = {${columns.join(", ")}})) TO '${file}.part' (FORMAT parquet)`,
      );
      renameSync(`${file}.part`, file);
    },
    close: () => instance.closeSync(),
  };
}
