import type { ReactNode } from "react";

/** What is known, name by name; what is not is left out. */
export function Facts({ title, facts }: { title: string; facts: readonly (readonly [string, ReactNode])[] }) {
  const known = facts.filter(([, value]) => value !== null && value !== "");
  if (known.length === 0) return null;
  return (
    <section className="mt-5">
      <h3 className="mb-1 text-2xs font-medium text-ink-faint">{title}</h3>
      <dl className="divide-y text-sm">
        {known.map(([name, value]) => (
          <div key={name} className="grid grid-cols-[9rem_1fr] gap-3 py-1.5">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="figures min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
