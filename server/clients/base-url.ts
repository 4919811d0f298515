import { isIP } from "node:net";
import { type AddressClass, addressClass } from "./address-class";

export type BaseUrl = { ok: true; url: string } | { ok: false; message: string };

/**
 * What we take for the address of a tenant's system is this and nothing besides: no user name, query or fragment, no
 * character that parsers read differently. International names are written in their xn-- form.
 */
const shape =
  /^(https?):\/\/(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9.-]{1,253})(?::(\d{1,5}))?((?:\/[A-Za-z0-9._~-]*)*)$/;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names that only mean something inside a network. */
const innerNames = /^[^.]+$|\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/;
/** Mail, shells and the like are no sources, whoever speaks TLS there. */
const isPort = (port: number) => port === 80 || port === 443 || (port >= 1_024 && port <= 65_535);

const refuse = (message: string): BaseUrl => ({ ok: false, message });
const inner =
  "stands in a private network; the operator of this installation can allow that with ALLOW_PRIVATE_SOURCES=on";

/** Whether an address may be connected to: plain http leaves nobody's network, whatever is allowed. */
export function mayConnect(
  found: AddressClass,
  options: { secure: boolean; allowPrivate: boolean },
): boolean {
  if (found === "public") return options.secure;
  return found === "own" && options.allowPrivate;
}

/**
 * Reads the base URL of a source, as far as that can be told without the network: names are looked up when connecting.
 * @returns the URL in one spelling, without a slash at its end; or what is wrong, to follow "The address"
 */
export function readBaseUrl(text: string, allowPrivate: boolean): BaseUrl {
  const parts = text.length <= 500 ? shape.exec(text.trim()) : null;
  if (!parts)
    return refuse("must look like https://host.example.com: no user name, no “?”, no unusual characters.");
  const [, scheme = "", written = "", port, path = ""] = parts;
  const secure = scheme === "https";
  if (!secure && !allowPrivate) return refuse("must begin with https://.");
  if (port !== undefined && !isPort(Number(port))) return refuse("has a port that no source answers on.");
  if (/\/\.{1,2}(\/|$)|\/\//.test(path)) return refuse("has a path with empty parts or dots.");
  const host = written.toLowerCase();
  const isBracketed = host.startsWith("[");
  const literal = isBracketed ? host.slice(1, -1) : host;
  if (isIP(literal) === (isBracketed ? 6 : 4)) {
    const found = addressClass(literal);
    if (found === "never") return refuse("is one that no source can have.");
    if (!mayConnect(found, { secure, allowPrivate }))
      return refuse(secure ? `${inner}.` : "must begin with https://.");
  } else {
    // 127.1, 0x7f.0.0.1 and 2130706433 are addresses in disguise: a name's last part is no number.
    const labels = host.split(".");
    if (!labels.every((part) => label.test(part)) || /^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? ""))
      return refuse("has a host name that is not one.");
    if (innerNames.test(host) && !allowPrivate) return refuse(`${inner}.`);
  }
  const url = new URL(`${scheme}://${host}${port === undefined ? "" : `:${port}`}${path}`);
  return { ok: true, url: url.href.replace(/\/+$/, "") };
}
