#!/usr/bin/env node
// Not Inngest: a program with the same command line, so that starting and stopping one can be tested where there is none.
import { createServer } from "node:http";

const [command, ...rest] = process.argv.slice(2);
const value = (name) => rest[rest.indexOf(name) + 1];
if (command !== "dev" || process.env.DO_NOT_TRACK !== "1") process.exit(2);
const appUrl = value("--sdk-url");
if (appUrl.endsWith("/broken")) {
  console.error("port is taken");
  process.exit(3);
}
let functions = null;
const sync = () =>
  fetch(appUrl)
    .then(async (answer) => void (functions = await answer.json()))
    .catch(() => undefined);
const timer = setInterval(() => void sync(), 50);
const server = createServer((request, response) =>
  response.writeHead(request.url === "/dev" ? 200 : 404).end(JSON.stringify({ functions })),
);
server.listen(Number(value("--port")), value("--host"));
process.on("SIGTERM", () => {
  clearInterval(timer);
  server.closeAllConnections();
  server.close();
});
