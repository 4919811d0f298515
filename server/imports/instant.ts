export type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

export interface ReadInstant {
  /** RFC 3339 in UTC, to the millisecond, as a call has it. */
  iso: string;
  /** As precise as it was written, in UTC: what tells two rows apart. */
  exact: string;
}

const written =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;
const epoch = /^(\d{10})(\d{3})?(?:\.(\d{1,9}))?$/;
const refuse = (message: string): { ok: false; message: string } => ({ ok: false, message });

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  // Sweden writes 2026-03-08 02:30:00.
  const made = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  formats.set(zone, made);
  return made;
}

/** The wall clock of the zone at that instant, as if it were UTC's. */
const wallMs = (ms: number, zone: string) => Date.parse(`${formatOf(zone).format(ms).replace(" ", "T")}Z`);

/** The first instant at which the zone's clock shows this, or null where clocks jumped over it. */
function instantOf(localMs: number, zone: string): number | null {
  if (zone === "UTC") return localMs;
  const dayMs = 86_400_000;
  const offsets = [
    wallMs(localMs - dayMs, zone) - (localMs - dayMs),
    wallMs(localMs + dayMs, zone) - (localMs + dayMs),
  ];
  const found = offsets.map((offset) => localMs - offset).filter((ms) => wallMs(ms, zone) === localMs);
  return found.length > 0 ? Math.min(...found) : null;
}

function offsetMs(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  if (hours === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000;
}

/**
 * Reads a time as exports write it: ISO 8601 with a T or a blank, any number of decimals, with an offset or without (then
 * it is of `zone`); or seconds or milliseconds since 1970.
 */
export function parseInstant(text: string, zone: string): Parsed<ReadInstant> {
  const since = epoch.exec(text);
  if (since) {
    const [, seconds = "", millis, rest = ""] = since;
    return made(Number(seconds) * 1000, (millis ?? "") + rest);
  }
  const parts = written.exec(text);
  if (!parts) {
    return refuse(
      /^\d{4}-\d{2}-\d{2}$/.test(text)
        ? "has no time of day"
        : "is not a time such as 2026-03-01 12:00:00 or 2026-03-01T12:00:00Z",
    );
  }
  const [, year, month, day, hour, minute, second = "00", fraction = "", offset] = parts;
  const plain = `${year ?? ""}-${month ?? ""}-${day ?? ""}T${hour ?? ""}:${minute ?? ""}:${second}`;
  const localMs = Date.parse(`${plain}Z`);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(localMs) || new Date(localMs).toISOString().slice(0, 19) !== plain)
    return refuse("is no date of the calendar");
  if (offset !== undefined) return made(localMs - offsetMs(offset), fraction);
  const ms = instantOf(localMs, zone);
  if (ms === null) return refuse(`does not exist in ${zone}: clocks went forward over it`);
  return made(ms, fraction);
}

function made(wholeSecondsMs: number, fraction: string): Parsed<ReadInstant> {
  const iso = new Date(wholeSecondsMs + Number(fraction.slice(0, 3).padEnd(3, "0"))).toISOString();
  const beyond = fraction.slice(3).replace(/0+$/, "");
  return { ok: true, value: { iso, exact: iso.replace("Z", `${beyond}Z`) } };
}
