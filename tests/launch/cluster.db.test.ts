import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cluster, startCluster } from "@/server/launch/cluster";
import { stopOrphan } from "@/server/launch/postmaster-pid";
import { withClient } from "@/server/launch/provision";
import { removeInstallation } from "@/tests/setup/start-product";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";

const password = "for-this-test";
const urlOf = (cluster: Cluster) => `postgresql://postgres:${password}@127.0.0.1:${cluster.port}/postgres`;
const start = () => startCluster(folder, password, { disposable: true });

let folder: string;
beforeAll(() => {
  folder = makeTemporaryFolder("cluster");
});
afterAll(() => {
  removeInstallation(folder);
});

it("starts, stops and starts again with its data", async () => {
  const first = await start();
  await withClient(urlOf(first), (client) => client.query("CREATE TABLE kept AS SELECT 42 AS answer"));
  await first.stop();
  const second = await start();
  const answer = await withClient(
    urlOf(second),
    async (client) => (await client.query<{ answer: number }>("SELECT answer FROM kept")).rows,
  );
  await second.stop();
  expect(answer).toEqual([{ answer: 42 }]);
});

it("listens on the loopback address alone and wants the password", async () => {
  const cluster = await start();
  const { rows } = await withClient(urlOf(cluster), (client) =>
    client.query<{ addresses: string; sockets: string }>(
      "SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets",
    ),
  );
  const wrong = urlOf(cluster).replace(password, "guess");
  await expect(withClient(wrong, (client) => client.query("SELECT 1"))).rejects.toThrow(
    "password authentication failed",
  );
  await cluster.stop();
  expect(rows).toEqual([{ addresses: "127.0.0.1", sockets: "" }]);
});

it("stops a server that an earlier start left behind, and only that", async () => {
  const left = await start();
  expect(await stopOrphan(left.place.cluster)).toBe(true);
  await left.exited;
  writeFileSync(join(left.place.cluster, "postmaster.pid"), `${process.pid}\n`);
  expect(await stopOrphan(left.place.cluster)).toBe(false);
  const next = await start();
  await next.stop();
});

it("clears away what an interrupted first start left, and begins anew", async () => {
  const cluster = await start();
  await cluster.stop();
  const half = join(cluster.place.folder, "initdb-half");
  mkdirSync(join(half, "cluster"), { recursive: true });
  await (await start()).stop();
  expect(readdirSync(cluster.place.folder)).not.toContain("initdb-half");
});

it("finds a place that its user can reach when root starts it below a closed folder", async () => {
  const closed = mkdtempSync(join(tmpdir(), "tokenledger-closed-"));
  const begin = () => startCluster(closed, password, { disposable: true });
  const first = await begin();
  await first.stop();
  const second = await begin();
  await second.stop();
  expect(second.place.folder).toBe(first.place.folder);
  expect(second.place.folder === join(closed, "postgres")).toBe(process.getuid?.() !== 0);
  removeInstallation(closed);
});

it("refuses the data of another major version in one sentence", async () => {
  const cluster = await start();
  await cluster.stop();
  writeFileSync(join(cluster.place.cluster, "PG_VERSION"), "17\n");
  await expect(start()).rejects.toThrow(/belongs to PostgreSQL 17, and this is PostgreSQL 18/);
});
