import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { afterAll } from "vitest";

export interface ReceivedMail {
  to: string;
  /** Headers and body as sent, soft line breaks of quoted-printable undone. */
  text: string;
}

export interface FakeSmtp {
  url: string;
  mails: ReceivedMail[];
}

function decoded(raw: string): string {
  return raw
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function converse(socket: Socket, mails: ReceivedMail[]): void {
  let pending = "";
  let to = "";
  let body: string[] | null = null;
  const say = (line: string) => socket.write(`${line}\r\n`);

  function command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO") say("250 fake");
    else if (verb === "RCPT") {
      to = /<(.*)>/.exec(line)?.[1] ?? "";
      say("250 ok");
    } else if (verb === "DATA") {
      body = [];
      say("354 go on");
    } else if (verb === "QUIT") {
      say("221 bye");
      socket.end();
    } else say("250 ok");
  }

  function take(line: string): void {
    if (body === null) command(line);
    else if (line !== ".") body.push(line.replace(/^\.\./, "."));
    else {
      mails.push({ to, text: decoded(body.join("\r\n")) });
      body = null;
      say("250 taken");
    }
  }

  say("220 fake");
  socket.on("data", (chunk) => {
    const lines = (pending + chunk.toString("utf8")).split("\r\n");
    pending = lines.pop() ?? "";
    lines.forEach(take);
  });
}

/** A mail server that keeps what it is given; it is gone after the test file. */
export async function startFakeSmtp(): Promise<FakeSmtp> {
  const mails: ReceivedMail[] = [];
  const server = createServer((socket) => converse(socket, mails));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  afterAll(() => server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `smtp://127.0.0.1:${String(address.port)}`, mails };
}
