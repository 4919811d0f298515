// `npm run db:provision -- ADMIN_URL`: makes the roles and the database on a server of your own, and prints what to set.
import { randomBytes } from "node:crypto";
import { register } from "tsx/esm/api";

const adminUrl = process.argv[2];
if (!adminUrl || !URL.canParse(adminUrl)) {
  process.stderr.write("Usage: npm run db:provision -- postgresql://admin:password@host:5432/postgres\n");
  process.exit(1);
}

register();
const { databaseName, provision } = await import("./provision.ts");
const password = () => randomBytes(24).toString("hex");
const passwords = {
  migratorPassword: password(),
  appPassword: password(),
  ingestPassword: password(),
  jobsPassword: password(),
  authPassword: password(),
};
try {
  const urls = await provision(adminUrl, databaseName, passwords);
  process.stdout.write("# New passwords, also for roles that existed. Keep these lines secret.\n");
  const secrets = {
    NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
    ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  };
  for (const [name, value] of Object.entries({ ...urls, ...secrets }))
    process.stdout.write(`${name}=${value}\n`);
} catch (error) {
  process.stderr.write(`The server could not be provisioned: ${error.message}\n`);
  process.exitCode = 1;
}
