import { Landmark } from "lucide-react";
import { ButtonLink } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatInstant } from "@/app/_format/dates";
import { useRight, useTenant } from "../_components/tenant-context";
import { Amount, LinkStep, Step } from "./chain-step";
import { type CustomerSide, exactText, type ProviderSide, type ReconciliationLink } from "./words";

/** Calls = roll-ups = statement = Stripe = invoices, of the tenant's local month. */
export function CustomerChain({ side }: { side: CustomerSide }) {
  const { timeZone } = useTenant();
  const [cost, calls] = side.links.find(({ kind }) => kind === "rollup")?.figures ?? [];
  return (
    <Card>
      <CardHeader
        title="From the calls to the invoices"
        hint={`The local month, ${formatInstant(side.from, side.timeZone)} to ${formatInstant(side.to, side.timeZone)} (${side.timeZone}). Added up ${formatInstant(side.lookedAt, timeZone)}, call by call.`}
      />
      <ol className="flex flex-col gap-2 border-t px-4 py-4 sm:px-5 lg:flex-row lg:items-stretch">
        <Step mark={null} title="Calls, one by one">
          {cost ? (
            <Amount value={cost.from} unit={cost.unit} />
          ) : (
            <p className="mt-1 text-xs text-ink-muted">Too many to be added up while you wait.</p>
          )}
          {calls && <p className="figures mt-1 text-xs text-ink-muted">{exactText(calls.from, calls.unit)}</p>}
        </Step>
        {side.links.map((link) => (
          <LinkStep key={link.id} link={link} />
        ))}
      </ol>
    </Card>
  );
} // prettier-ignore

function ProviderPair({ link }: { link: ReconciliationLink }) {
  const [first] = link.figures;
  return (
    <ol
      aria-label={`Calls of ${link.provider ?? ""} and their bill`}
      className="flex min-w-0 flex-col gap-2 lg:flex-row lg:items-stretch"
    >
      <Step mark={null} title={`Calls of ${link.provider ?? ""}`}>
        {first ? (
          <Amount value={first.from} unit={first.unit} />
        ) : (
          <p className="mt-1 text-xs text-ink-muted">Not held against a bill.</p>
        )}
      </Step>
      <LinkStep link={link} />
    </ol>
  );
}

/** The ledger against each provider's bill, of the month of UTC. */
export function ProviderChain({ side }: { side: ProviderSide }) {
  const { slug } = useTenant();
  const mayConnect = useRight("sources:write");
  return (
    <Card>
      <CardHeader
        title="Against the providers' bills"
        hint="The month of UTC, as providers bill: it may begin and end hours apart from the local one above."
      />
      {side.links.length === 0 ? (
        <EmptyState
          icon={Landmark}
          title="No bill is read yet"
          className="border-t"
          action={
            mayConnect && (
              <ButtonLink href={`/${slug}/bills`} variant="primary">
                Read a provider&apos;s bill
              </ButtonLink>
            )
          }
        >
          Connect OpenAI or Anthropic by an admin key, or upload a bill as a file: every difference from the
          ledger is then split into its causes.
        </EmptyState>
      ) : (
        <div className="grid gap-4 border-t px-4 py-4 sm:px-5 xl:grid-cols-2">
          {side.links.map((link) => (
            <ProviderPair key={link.id} link={link} />
          ))}
        </div>
      )}
    </Card>
  );
}
