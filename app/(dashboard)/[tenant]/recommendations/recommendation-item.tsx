import { Money } from "@/app/_components/money";
import { Badge, type Tone } from "@/app/_components/ui/badge";
import { Link } from "@/app/_components/ui/link";
import { formatDay } from "@/app/_format/dates";
import { formatTotal } from "@/app/_format/money";
import type { State } from "@/server/recommendations/schemas";
import { linksOf } from "./links";
import type { Row } from "./recommendations";
import {
  countedOf,
  kindWords,
  measuredWords,
  rangeWords,
  seenOf,
  stateWords,
  titleOf,
  unknownOf,
} from "./words";

const tones = {
  open: "accent",
  accepted: "neutral",
  verified: "good",
  not_seen: "warn",
  dismissed: "neutral",
  gone: "neutral",
} as const satisfies Record<State, Tone>;

interface RecommendationItemProps {
  row: Row;
  slug: string;
  /** Names of members by id. */
  names: ReadonlyMap<string, string>;
  /** The one that is counted in its stead, if any. */
  larger: Row | undefined;
  /** Buttons; nothing for who may not decide. */
  actions: React.ReactNode;
}

function Part({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="sm:grid sm:grid-cols-[7.5rem_1fr] sm:gap-3">
      <dt className="text-xs font-medium text-ink-muted sm:pt-px">{term}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}

function decided({ state, ownerId, dueOn, note }: Row, names: ReadonlyMap<string, string>): string | null {
  const owner = ownerId === null ? null : (names.get(ownerId) ?? "somebody who has left");
  const said = note === null ? "" : ` “${note}”`;
  if (owner !== null && dueOn !== null) return `${owner} sees to it by ${formatDay(dueOn)}.${said}`;
  return state === "dismissed" && note !== null ? said.trim() : null;
}

/** One recommendation: what to do, what it would save, what that rests on, and what nobody knows. */
export function RecommendationItem({ row, slug, names, larger, actions }: RecommendationItemProps) {
  const { finding, state, measured, kind } = row;
  const isVerified = state === "verified" && measured !== null;
  const decision = decided(row, names);
  return (
    <li className="px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h3 className="text-sm font-semibold wrap-anywhere text-ink">{titleOf(finding)}</h3>
          <p className="mt-1 flex flex-wrap gap-1.5">
            <Badge>{kindWords[kind]}</Badge>
            <Badge tone={tones[state]}>{stateWords[state].label.toLowerCase()}</Badge>
          </p>
        </div>
        <p className="text-right text-xs text-ink-muted">
          <span className="block text-lg font-semibold text-ink">
            <Money usd={isVerified ? measured.savingUsd : finding.savingUsd} />
          </span>
          {isVerified ? `saved in ${String(measured.days)} days` : `a month (${rangeWords(finding)})`}
        </p>
      </div>
      <dl className="mt-3 space-y-1.5 text-sm">
        <Part term="Seen">{seenOf(finding)}</Part>
        <Part term="Counted">{countedOf(finding)}</Part>
        <Part term="Not known">{unknownOf[kind]}</Part>
        {measured !== null && <Part term="Measured">{measuredWords(measured)}</Part>}
        {decision !== null && <Part term="Decided">{decision}</Part>}
        {larger && (
          <Part term="Overlaps">
            Touches calls of “{titleOf(larger.finding)}”, which is counted in its stead: this{" "}
            {formatTotal(isVerified ? measured.savingUsd : finding.savingUsd)} is in no sum.
          </Part>
        )}
      </dl>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-xs">
        <nav
          aria-label={`Evidence of: ${titleOf(finding)}`}
          className="flex flex-1 flex-wrap gap-x-4 gap-y-1"
        >
          {linksOf(slug, finding).map(({ label, href }) => (
            <Link key={label} href={href} className="py-1 text-accent underline underline-offset-2">
              {label}
            </Link>
          ))}
        </nav>
        {actions}
      </div>
    </li>
  );
}
