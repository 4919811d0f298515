import { Usd } from "@/server/prices/decimal";
import type { BillMonthAnswer } from "@/server/provider-bills/month";
import type { Cause } from "@/server/provider-bills/schemas";
import { difference, figure, stateOf } from "./difference";
import type { Link } from "./schemas";

const causeSentence: Record<Cause, string> = {
  tax_or_credit: "Taxes and credits of the bill, which no call has.",
  late_correction: "The provider corrected days that were final.",
  unknown_model: "A model that the price book does not know.",
  coverage: "Usage that no call tells of: a key or project that does not send its calls here.",
  tier_or_discount: "Another tier than the calls say, or a discount.",
  time_zone: "Calls at midnight that the bill has on the next day.",
  category: "Tokens that the bill counts as another class.",
  price: "The same tokens at another price.",
  unexplained: "Nothing known explains this.",
};

/** A month (of UTC) of a provider's bill against the ledger. */
export function providerLink(bill: BillMonthAnswer): Link {
  const { provider, month, ledgerUsd, billUsd, days, unreadDays } = bill;
  const id = `provider:${provider}`;
  const place = `bills?provider=${encodeURIComponent(provider)}&month=${month}`;
  const base = { id, kind: "provider" as const, provider, place };
  if (days.length === unreadDays.length)
    return { ...base, state: "waits", figures: [], notes: [], differences: [], waits: { sentence: days.length === 0 ? "No day of the month is over yet." : "No day of the month has been read yet.", until: null } }; // prettier-ignore
  const figures = [figure("Cost of the days that were read", "usd", ledgerUsd, billUsd)];
  const differences = bill.causes.map(({ cause, subject, usd }) =>
    difference(id, {
      cause,
      subject: subject === "" ? null : subject,
      sentence: causeSentence[cause],
      amount: usd,
      unit: "usd",
      place,
    }),
  );
  const waits = waitOf(bill);
  return { ...base, figures, differences, waits, notes: notesOf(bill), state: stateOf({ figures, differences, waits }) }; // prettier-ignore
}

function waitOf({ isFinal, days, unreadDays }: BillMonthAnswer): Link["waits"] {
  if (isFinal) return null;
  const provisional = days.filter(({ state }) => state === "provisional").length;
  const said = [
    ...(unreadDays.length > 0 ? [`${String(unreadDays.length)} ${unreadDays.length === 1 ? "day was" : "days were"} never read`] : []),
    ...(provisional > 0 ? [`${String(provisional)} ${provisional === 1 ? "day is" : "days are"} provisional`] : []),
  ]; // prettier-ignore
  return { sentence: said.length > 0 ? `${said.join(", and ")}.` : "The month is not over.", until: null };
}

function notesOf({ unexplainedShare, unexplainedUsd, signOff }: BillMonthAnswer): string[] {
  const percent = unexplainedShare === null ? null : new Usd(unexplainedShare).times(100).toDecimalPlaces(2).toFixed();
  const isReopened = signOff && !(new Usd(signOff.billChangedUsd).isZero() && new Usd(signOff.ledgerChangedUsd).isZero());
  return [
    ...(percent === null ? [] : [`Unexplained: ${percent} % of the bill (${unexplainedUsd} USD).`]),
    ...(signOff === null ? ["Not signed off."] : []),
    ...(signOff && !isReopened ? [`Signed off ${signOff.signedAt.slice(0, 10)}.`] : []),
    ...(signOff && isReopened ? [`Signed off ${signOff.signedAt.slice(0, 10)}, and changed since: by ${signOff.billChangedUsd} USD on the bill, ${signOff.ledgerChangedUsd} USD in the ledger.`] : []),
  ];
} // prettier-ignore

/** A provider that calls name, and of which nobody reads a bill. */
export function providerWithoutBill(provider: string, costUsd: string): Link {
  const sentence = `No bill of ${provider} is read. Its calls cost ${new Usd(costUsd).toFixed()} USD, which nothing is held against.`;
  const base = { id: `provider:${provider}`, kind: "provider" as const, provider, place: "bills" };
  return { ...base, state: "off", figures: [], notes: [], differences: [], waits: { sentence, until: null } };
}
