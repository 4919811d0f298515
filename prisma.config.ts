import { defineConfig } from "prisma/config";

// The schema engine is fetched from a host of its own when it is missing. Generating the client does not need it,
// and migrations run through its WebAssembly build (server/launch/migrate.ts): so name any existing file.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_MIGRATE_URL ?? "postgresql://unset" },
});
