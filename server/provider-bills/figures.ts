import { Usd, usdText } from "@/server/prices/decimal";
import { type Account, zero } from "./account";
import { sumParts } from "./explain";
import type { LoadedMonth } from "./load-match";
import { type Cause, causes } from "./schemas";

export interface CauseSum {
  cause: Cause;
  subject: string;
  /** USD, positive where the bill is higher. */
  usd: string;
}

export interface ComparedDay {
  day: string;
  /** unread: nobody knows what was billed. provisional: the provider may still change it. */
  state: "unread" | "provisional" | "final";
  /** It was final once, and the provider changed it. */
  isCorrected: boolean;
  readAt: string | null;
  /** What the bill said before; null where it was not corrected. */
  beforeUsd: string | null;
  /** Null on days that were never read. */
  billUsd: string | null;
  ledgerUsd: string | null;
  gapUsd: string | null;
  causes: CauseSum[];
  unexplainedUsd: string | null;
  unexplainedShare: string | null;
}

export interface ComparedMonth {
  billUsd: string;
  ledgerUsd: string;
  /** Bill − ledger; the causes add up to it. */
  gapUsd: string;
  causes: CauseSum[];
  byCause: Record<Cause, string>;
  /** What nobody can explain, over and under added up without their signs; and its share of the bill (null: no bill). */
  unexplainedUsd: string;
  unexplainedShare: string | null;
  days: ComparedDay[];
  unreadDays: string[];
  unmatched: { bill: string[]; ledger: string[] };
}

const sum = (amounts: readonly Usd[]) => amounts.reduce((total, usd) => total.plus(usd), zero);

/** A month's figures. They hold the days that were read, and name those that were not. */
export function figuresOf({ days, accounts, extras, unmatched }: LoadedMonth): ComparedMonth {
  const compared = days.map(({ day, state, beforeUsd }): ComparedDay => {
    const own = accounts.filter((account) => account.day === day);
    const lines = extras.filter((extra) => extra.day === day);
    if (state === null)
      return { day, state: "unread", isCorrected: false, readAt: null, beforeUsd: null, billUsd: null, ledgerUsd: null, gapUsd: null, causes: [], unexplainedUsd: null, unexplainedShare: null }; // prettier-ignore
    const { isCorrected, isFinal, readAt } = state;
    return {
      day,
      state: isFinal ? "final" : "provisional",
      isCorrected,
      readAt: readAt.toISOString(),
      beforeUsd: beforeUsd && usdText(beforeUsd),
      ...totals(own, lines),
    };
  });
  const all = totals(accounts, extras);
  const byCause = Object.fromEntries(
    causes.map((cause) => [
      cause,
      usdText(sum(all.causes.filter((one) => one.cause === cause).map(({ usd }) => new Usd(usd)))),
    ]),
  ) as Record<Cause, string>;
  const unreadDays = compared.filter(({ state }) => state === "unread").map(({ day }) => day);
  return { ...all, byCause, days: compared, unreadDays, unmatched };
}

function totals(accounts: readonly Account[], extras: LoadedMonth["extras"]) {
  const bill = sum([...accounts.map(({ billUsd }) => billUsd), ...extras.map(({ usd }) => usd)]);
  const ledger = sum(accounts.map(({ ledgerUsd }) => ledgerUsd));
  const unexplained = sum(
    accounts.flatMap(({ parts }) =>
      parts.filter(({ cause }) => cause === "unexplained").map(({ usd }) => usd.abs()),
    ),
  );
  return {
    billUsd: usdText(bill),
    ledgerUsd: usdText(ledger),
    gapUsd: usdText(bill.minus(ledger)),
    causes: sumParts(accounts, extras).map(({ cause, subject, usd }) => ({
      cause,
      subject,
      usd: usdText(usd),
    })),
    unexplainedUsd: usdText(unexplained),
    unexplainedShare: bill.isZero() ? null : unexplained.div(bill.abs()).toDecimalPlaces(6).toFixed(),
  };
}
