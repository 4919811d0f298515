import { formatMonth } from "@/app/_format/dates";
import { countText, differencesOf, isOpen, linkName, type ReconciliationLink } from "./words";

export interface Conclusion {
  tone: "good" | "waits" | "differs";
  title: string;
  detail: string;
}

const listed = (links: readonly ReconciliationLink[]) => links.map(linkName).join(", ");

/** A month in a sentence: every figure agrees, or how many do not, or what is waited for. */
export function conclude(month: string, links: readonly ReconciliationLink[]): Conclusion {
  const name = formatMonth(month);
  const all = differencesOf(links);
  const open = all.filter(isOpen);
  // A figure that differs without a cause is open, too.
  const bare = links.filter(({ state, differences }) => state === "differs" && differences.length === 0);
  const waiting = links.filter(({ state }) => state === "waits");
  const off = links.filter(({ state }) => state === "off");
  const equal = links.filter(({ state }) => state === "equal");
  const lacks = off.length === 0 ? "" : ` Nothing is held against ${listed(off)}.`;
  if (open.length + bare.length > 0) {
    const overdue = open.filter(({ ownership }) => ownership?.isOverdue).length;
    const unowned =
      open.filter(({ ownership }) => (ownership?.ownerId ?? null) === null).length + bare.length;
    return {
      tone: "differs",
      title: `${name}: ${countText(open.length + bare.length, "difference")}`,
      detail: `Each is named below with its cause. ${unowned === 0 ? "All have an owner" : `${countText(unowned, "has", "have")} no owner`}${overdue > 0 ? `, ${String(overdue)} overdue` : ""}.${lacks}`,
    };
  }
  if (waiting.length > 0)
    return {
      tone: "waits",
      title: `${name}: nothing differs so far`,
      detail: `It cannot be told yet of ${listed(waiting)}.${lacks}`,
    };
  if (equal.length === 0 && all.length === 0)
    return { tone: "waits", title: `${name}: nothing to compare yet`, detail: lacks.trim() };
  return {
    tone: "good",
    title: all.length === 0 ? `${name}: every figure agrees` : `${name}: every difference is settled`,
    detail: `${all.length === 0 ? "To the last decimal." : `${countText(all.length, "difference")} settled, with a reason each.`}${lacks}`,
  };
}
