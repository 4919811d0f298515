import { parse } from "node:querystring";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { z } from "zod";

const ours = "http://localhost:3000";

interface Answer {
  status: number;
  /** Where it sends the browser. */
  location: string | null;
  body: unknown;
}

interface Call {
  method?: "GET" | "POST";
  body?: Record<string, unknown>;
  query?: Record<string, string>;
}

const Csrf = z.object({ csrfToken: z.string() });

/** A browser before next-auth's own handler: keeps its cookies, follows nothing by itself. */
export function createBrowser(options: NextAuthOptions) {
  const jar = new Map<string, string>();
  const cookieHeaders: string[] = [];

  function keep(header: string): void {
    cookieHeaders.push(header);
    const [pair = ""] = header.split(";");
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
    const isGone = value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(header);
    if (isGone) jar.delete(name);
    else jar.set(name, value);
  }

  async function call(path: string, { method = "GET", body = {}, query = {} }: Call = {}): Promise<Answer> {
    const answer: Answer = { status: 0, location: null, body: null };
    const headers = new Map<string, string | string[]>();
    const response = {
      status: (status: number) => ((answer.status = status), response),
      getHeader: (name: string) => headers.get(name.toLowerCase()),
      setHeader: (name: string, value: string | string[]) => (
        headers.set(name.toLowerCase(), value),
        response
      ),
      json: (value: unknown) => void (answer.body = value),
      send: (value: unknown) => void (answer.body = value),
      end: () => undefined,
    };
    const request = {
      method,
      body,
      query: { nextauth: path.split("/"), ...query },
      cookies: Object.fromEntries(jar),
      headers: { host: "localhost:3000" },
    };
    // Only what the handler touches of Next's request and response is here, so their types would not do.
    await (Reflect.apply(NextAuth, undefined, [request, response, options]) as Promise<unknown>);
    [headers.get("set-cookie") ?? []].flat().forEach(keep);
    const location = headers.get("location");
    return { ...answer, location: typeof location === "string" ? location : null };
  }

  return {
    jar,
    /** Every Set-Cookie so far, with its attributes. */
    cookieHeaders,
    call,
    /** What a server component gets. */
    headers: () => new Headers({ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") }),
    async post(path: string, body: Record<string, unknown>): Promise<Answer> {
      const { csrfToken } = Csrf.parse((await call("csrf")).body);
      return call(path, { method: "POST", body: { csrfToken, ...body } });
    },
    /** Opens a link that was mailed. */
    async open(link: string): Promise<Answer> {
      const url = new URL(link, ours);
      const query = z.record(z.string(), z.string()).parse({ ...parse(url.search.slice(1)) });
      return call(url.pathname.replace("/api/auth/", ""), { query });
    },
  };
}
