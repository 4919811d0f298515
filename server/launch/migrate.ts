import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { LaunchError, reasonOf } from "./failure";
import { loadSchemaEngine } from "./schema-engine";
import { root } from "./root";

export interface Migrated {
  applied: string[];
  known: number;
}

const prismaFolder = join(root, "prisma");

/**
 * Applies `prisma/migrations` as `prisma migrate deploy` does, by the same engine, with the same `_prisma_migrations`.
 * @throws LaunchError naming the migration that failed, or that was edited after it had been applied
 */
export async function migrate(
  databaseUrl: string,
  folder = join(prismaFolder, "migrations"),
): Promise<Migrated> {
  const migrationsList = listMigrations(folder);
  // One connection: the engine takes an advisory lock that belongs to a session.
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 0,
  });
  pool.on("error", () => undefined); // the query that needed the connection fails and says so
  const scripts = new WholeScripts(pool, nameByScript(migrationsList));
  try {
    const Engine = await loadSchemaEngine();
    const engine = await Engine.new(
      { datamodels: readSchema() },
      () => undefined, // its log repeats what its answers and errors say
      bindMigrationAwareSqlAdapterFactory(scripts),
    );
    const filters = { externalTables: [], externalEnums: [] };
    const history = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters,
    });
    const edited = history.editedMigrationNames.filter(
      (name) => !history.failedMigrationNames.includes(name),
    );
    if (edited.length > 0) {
      throw new LaunchError(
        `The migration ${edited.join(", ")} was changed after this database had applied it; restore the file.`,
      );
    }
    // A script is one transaction (see WholeScripts), so a failed or interrupted one has left nothing behind.
    for (const migrationName of history.failedMigrationNames)
      await engine.markMigrationRolledBack({ migrationName });
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    engine.free();
    return { applied: appliedMigrationNames, known: migrationsList.migrationDirectories.length };
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    if (scripts.failure) throw scripts.failure;
    throw new LaunchError(`The database could not be migrated: ${reasonOf(error).trim()}`, { cause: error });
  } finally {
    await pool.end();
  }
}

// Committed together with what it records: killed before the engine notes the end, a migration is not run again.
const recordEnd =
  "UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL";

/** Prisma's adapter splits a script at every semicolon, even inside a function; Postgres takes it whole, as one transaction. */
class WholeScripts extends PrismaPg {
  /** The engine's own error keeps nothing of what Postgres said. */
  failure: LaunchError | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly names: ReadonlyMap<string, string>,
  ) {
    super(pool);
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      const name = this.names.get(script);
      try {
        await this.pool.query(name === undefined ? script : `${script}\n;${recordEnd};`);
      } catch (error) {
        this.failure = new LaunchError(`The migration ${name ?? "table"} failed: ${reasonOf(error)}.`, {
          cause: error,
        });
        throw error;
      }
    };
    return adapter;
  }
}

function nameByScript(list: MigrationList): Map<string, string> {
  return new Map(
    list.migrationDirectories.map(({ path, migrationFile: { content } }) => [
      content.tag === "ok" ? content.value : "",
      path,
    ]),
  );
}

function listMigrations(folder: string): MigrationList {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(folder, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

function readSchema(): [string, string][] {
  const folder = join(prismaFolder, "schema");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), "utf8")]);
}
