import { ShieldCheck } from "lucide-react";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { keptOutReasons, type Window } from "./kept-out-reasons";

/** Says what would land here, since nobody can see it. */
export function NothingKeptOut({ window }: { window: Window }) {
  return (
    <>
      <EmptyState icon={ShieldCheck} title="Nothing was kept out" className="pb-8">
        Every sound call that came in is in the ledger. One that cannot be a row of it would wait here, whole,
        rather than be lost or change a figure:
      </EmptyState>
      <dl className="grid gap-px border-t bg-line text-sm md:grid-cols-3">
        {Object.entries(keptOutReasons(window)).map(([code, { label, meaning, advice }]) => (
          <div key={code} className="bg-surface px-4 py-4 sm:px-5">
            <dt className="font-medium">{label}</dt>
            <dd className="mt-1 text-ink-muted">{meaning}</dd>
            <dd className="mt-2">{advice}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
