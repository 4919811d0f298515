import { formatExact } from "@/app/_format/money";
import type { Outputs } from "@/app/_trpc/client";

type Rate = Outputs["prices"]["model"]["said"][number]["rates"][number];

/** In the order in which people look for them. */
const units = new Map([
  ["fresh_input", "input"],
  ["visible_output", "output"],
  ["cache_read", "cache read"],
  ["cache_write", "cache write"],
  ["cache_write_5m", "cache write, 5 min"],
  ["cache_write_1h", "cache write, 1 h"],
  ["reasoning", "reasoning"],
  ["audio_input", "audio in"],
  ["audio_output", "audio out"],
]);
const unitOrder = [...units.keys()];

function place({ unit }: Rate): number {
  const at = unitOrder.indexOf(unit);
  return at === -1 ? unitOrder.length : at;
}

const quantity = (per: number) =>
  per === 1_000_000 ? " / 1M" : per === 1 ? " each" : ` / ${per.toLocaleString("en-US")}`;

/** Each rate as a name and an amount: the standard service first, then by length of the input, then input before output. */
export function rateWords(rates: readonly Rate[]): { name: string; amount: string }[] {
  return [...rates]
    .sort(
      (one, other) =>
        Number(one.service !== "standard") - Number(other.service !== "standard") ||
        one.service.localeCompare(other.service) ||
        one.tierStart - other.tierStart ||
        place(one) - place(other),
    )
    .map(({ service, unit, tierStart, usd, per }) => ({
      name: [
        units.get(unit) ?? unit.replaceAll("_", " "),
        service === "standard" ? "" : ` (${service})`,
        tierStart === 0 ? "" : ` from ${tierStart.toLocaleString("en-US")} tokens on`,
      ].join(""),
      amount: `${formatExact(usd)}${quantity(per)}`,
    }));
}
