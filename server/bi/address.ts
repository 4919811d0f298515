/** Where a BI tool connects. */
export interface BiAddress {
  host: string;
  port: number;
  database: string;
  /** As in the product's own connection; null where that says nothing. */
  sslMode: string | null;
  /** Nobody else's machine can reach it. */
  isLocal: boolean;
}

const local = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

/** The database's own address, except for what is set to be told to the outside. */
export function addressOf(
  databaseUrl: string,
  outside: { host?: string | undefined; port?: number | undefined },
): BiAddress {
  const url = new URL(databaseUrl);
  const host = outside.host ?? url.hostname;
  return {
    host,
    port: outside.port ?? (url.port === "" ? 5432 : Number(url.port)),
    database: decodeURIComponent(url.pathname.slice(1)),
    sslMode: url.searchParams.get("sslmode"),
    isLocal: local.has(host),
  };
}

/** The line that most tools take as it is. */
export function connectionUrl(address: BiAddress, user: string, password: string): string {
  const host =
    address.host.includes(":") && !address.host.startsWith("[") ? `[${address.host}]` : address.host;
  const query = address.sslMode === null ? "" : `?sslmode=${encodeURIComponent(address.sslMode)}`;
  const secret = encodeURIComponent(password);
  return `postgresql://${user}:${secret}@${host}:${address.port}/${encodeURIComponent(address.database)}${query}`;
}
