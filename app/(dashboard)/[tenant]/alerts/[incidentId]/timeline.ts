import { formatInstant } from "@/app/_format/dates";
import type { Outputs } from "@/app/_trpc/client";
import type { IncidentState } from "@/server/incidents/schemas";
import { guaranteeNames, kindNames } from "../../settings/alerts/words";

export type TimelineEvent = Outputs["incidents"]["read"]["timeline"][number];
export type ToldMessage = Outputs["delivery"]["messages"][number];
type Destination = Pick<Outputs["delivery"]["list"]["destinations"][number], "id" | "name" | "kind">;

export interface Entry {
  key: string;
  at: string;
  what: "event" | "message" | "failure";
  /** What happened, and by whom. */
  title: string;
  /** Why, or what was seen. */
  detail: string | null;
}

interface Known {
  /** Of members, by id. */
  names: ReadonlyMap<string, string>;
  destinations: readonly Destination[];
  timeZone: string;
  now: Date;
}

const textOf = (details: Record<string, unknown>, name: string) => {
  const value = details[name];
  return typeof value === "string" ? value : null;
};

function titleOf(event: TimelineEvent, { names, timeZone, now }: Known): string {
  const { kind, actorKind, actorId, details } = event;
  const who = actorKind === "person" ? (names.get(actorId) ?? "Somebody who has left") : "The rule";
  switch (kind) {
    case "opened":
      return `${who} found it`;
    case "escalated":
      return "It became worse";
    case "acknowledged":
      return `${who} looks into it`;
    case "snoozed": {
      const until = textOf(details, "until");
      return until === null
        ? `${who} put it off`
        : `${who} put it off until ${formatInstant(until, timeZone, now)}`;
    }
    case "woken":
      return "The rest is over, and the rule still finds it";
    case "noted":
      return `${who} noted`;
    case "resolved":
      return actorKind === "person" ? `${who} resolved it` : "It ended: the rule finds it no longer";
    case "reopened":
      return actorKind === "person" ? `${who} opened it again` : "It came back";
  }
}

function detailOf({ kind, note, details }: TimelineEvent, { timeZone, now }: Known): string | null {
  if (note !== null) return `“${note}”`;
  const clearSince = textOf(details, "clearSince");
  if (kind === "resolved" && clearSince !== null)
    return `Last found ${formatInstant(clearSince, timeZone, now)}`;
  return textOf(details, "sentence");
}

function entryOf(message: ToldMessage, { destinations }: Known): Entry {
  const to = destinations.find(({ id }) => id === message.destinationId);
  const name = to ? `${to.name} (${kindNames[to.kind]})` : "a destination that was removed";
  const at = message.sentAt ?? message.createdAt;
  const entry = { key: `message ${message.id}`, at, what: "message" as const };
  const how = `Sent ${guaranteeNames[message.guarantee]}`;
  switch (message.state) {
    case "sent":
      return { ...entry, title: `Told to ${name}`, detail: how };
    case "folded":
      return { ...entry, title: `Told to ${name} within a digest`, detail: null };
    case "failed":
      return { ...entry, what: "failure", title: `Not delivered to ${name}`, detail: message.failure };
    case "waiting":
    case "claimed":
      return { ...entry, title: `On its way to ${name}`, detail: message.failure };
  }
}

/** Who has it, a person's id: who took it, or put it off, last. Null: nobody has. */
export function holderOf(state: IncidentState, events: readonly TimelineEvent[]): string | null {
  if (state !== "acknowledged" && state !== "snoozed") return null;
  return events.findLast(({ kind }) => kind === "acknowledged" || kind === "snoozed")?.actorId ?? null;
}

/** Who did what to an incident, and who was told of it, in order of time; a message stands after its event. */
export function timelineOf(
  events: readonly TimelineEvent[],
  messages: readonly ToldMessage[],
  known: Known,
): Entry[] {
  const done = events.map((event): Entry => {
    const { n, at } = event;
    return {
      key: `event ${String(n)}`,
      at,
      what: "event",
      title: titleOf(event, known),
      detail: detailOf(event, known),
    };
  });
  const told = messages.map((message) => entryOf(message, known));
  return [...done, ...told].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
