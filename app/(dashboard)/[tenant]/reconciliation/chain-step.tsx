import type { ReactNode } from "react";
import { Link } from "@/app/_components/ui/link";
import { cn } from "@/app/_components/ui/class-names";
import { useRight, useTenant } from "../_components/tenant-context";
import { LinkMark } from "./link-mark";
import {
  againstWords,
  exactText,
  figureText,
  gapText,
  linkName,
  type ReconciliationLink,
  type Unit,
} from "./words";

const edges = {
  equal: "border-line",
  differs: "border-bad-line",
  waits: "border-line border-dashed",
  off: "border-line border-dashed",
} as const;

export function Step({ mark, title, children, className }: { mark: ReactNode; title: ReactNode; children: ReactNode; className?: string }) {
  return (
    <li className="flex min-w-0 flex-1 flex-col items-center gap-2 lg:flex-row">
      {mark}
      <div className={cn("w-full min-w-0 self-stretch rounded-md border bg-surface p-3", className)}>
        <h3 className="text-xs font-medium text-ink-muted">{title}</h3>
        {children}
      </div>
    </li>
  );
} // prettier-ignore

/** A figure in large type, every digit of it below. */
export function Amount({ value, unit }: { value: string; unit: Unit }) {
  return (
    <>
      <p className="figures mt-1 text-base font-semibold">
        <data value={value} title={exactText(value, unit)}>
          {figureText(value, unit)}
        </data>
      </p>
      <p className="figures text-2xs wrap-anywhere text-ink-faint">{exactText(value, unit)}</p>
    </>
  );
}

function Gap({ link: { figures, kind } }: { link: ReconciliationLink }) {
  const off = figures.filter(({ difference }) => !/^-?0(\.0+)?$/.test(difference));
  if (off.length === 0) return null;
  return (
    <ul className="mt-2 space-y-0.5 text-xs">
      {off.map(({ name, unit, from, difference }) => (
        <li key={name} className="wrap-anywhere text-bad">
          {name}: {gapText(difference, unit)} against {againstWords[kind]} ({exactText(from, unit)})
        </li>
      ))}
    </ul>
  );
}

/** The far side of a link with its mark: what it holds, what it differs by, what one has to know. */
export function LinkStep({ link }: { link: ReconciliationLink }) {
  const { slug } = useTenant();
  const [first, ...others] = link.figures;
  const isUsd = link.kind !== "stripe";
  const maySeeBilling = useRight("billing:read");
  const mayOpen = isUsd || maySeeBilling;
  return (
    <Step
      mark={<LinkMark state={link.state} />}
      className={edges[link.state]}
      title={
        mayOpen ? (
          <Link href={`/${slug}/${link.place}`} className="hover:text-ink hover:underline">
            {linkName(link)}
          </Link>
        ) : (
          linkName(link)
        )
      }
    >
      {first && <Amount value={first.to} unit={first.unit} />}
      {first && !isUsd && <p className="text-2xs text-ink-muted">{first.name}</p>}
      {!isUsd &&
        others.map(({ name, to, unit }) => (
          <p key={name} className="figures mt-1 text-xs text-ink-muted">
            {name}: {exactText(to, unit)}
          </p>
        ))}
      <Gap link={link} />
      {link.waits && <p className="mt-2 text-xs text-ink-muted">{link.waits.sentence}</p>}
      {link.notes.length > 0 && (
        <details className="mt-2 text-xs text-ink-muted print:hidden">
          <summary className="cursor-pointer">What belongs to it</summary>
          <ul className="mt-1 space-y-1">
            {link.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </Step>
  );
}
