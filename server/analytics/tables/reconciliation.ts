import { reconcileCustomers } from "@/server/reconciliation/reconcile-customers";
import { reconcileProviders } from "@/server/reconciliation/reconcile-providers";
import {
  type Difference,
  type Link,
  type LinkFigure,
  ReconciliationInput,
} from "@/server/reconciliation/schemas";
import { type Column, defineTable, number, text } from "./table";

interface Row {
  kind: "figure" | "difference" | "gone";
  link: string;
  state: Link["state"] | null;
  figure: LinkFigure | null;
  unit: string | null;
  amount: string | null;
  difference: Pick<Difference, "cause" | "subject" | "sentence"> | null;
  waits: string | null;
  said: { ownerId: string | null; note: string; dueOn: string | null; settledAt: string | null; goneAt: string | null } | null;
} // prettier-ignore

const none = { figure: null, unit: null, amount: null, difference: null, waits: null, said: null };

function rowsOf({ id: link, state, figures, differences, waits }: Link): Row[] {
  const heads: Row[] = figures.map((figure) => ({ ...none, kind: "figure", link, state, figure, unit: figure.unit, amount: figure.difference, waits: waits?.sentence ?? null }));
  return [
    ...(heads.length > 0 ? heads : [{ ...none, kind: "figure" as const, link, state, waits: waits?.sentence ?? null }]),
    ...differences.map((one): Row => {
      const { ownership } = one;
      const said = ownership && { ...ownership, settledAt: ownership.settled?.at ?? null, goneAt: null };
      return { ...none, kind: "difference", link, state, unit: one.unit, amount: one.amount, difference: one, said };
    }),
  ];
} // prettier-ignore

/** reconciliation.customers and .providers: each figure of a month's chain, what differs, and who looks into it. */
export const reconciliationTable = defineTable({
  right: "reports:read",
  input: ReconciliationInput,
  columns: ({ month }): Column<Row>[] => [
    text("month", () => month),
    text("kind", ({ kind }) => kind),
    text("link", ({ link }) => link),
    text("state", ({ state }) => state),
    text("name", ({ figure }) => figure?.name ?? null),
    text("unit", ({ unit }) => unit),
    number("from", ({ figure }) => figure?.from ?? null),
    number("to", ({ figure }) => figure?.to ?? null),
    number("difference", ({ amount }) => amount),
    text("waits", ({ waits }) => waits),
    text("cause", ({ difference }) => difference?.cause ?? null),
    text("subject", ({ difference }) => difference?.subject ?? null),
    text("sentence", ({ difference }) => difference?.sentence ?? null),
    text("ownerId", ({ said }) => said?.ownerId ?? null),
    text("dueOn", ({ said }) => said?.dueOn ?? null),
    text("note", ({ said }) => said?.note ?? null),
    text("settledAt", ({ said }) => said?.settledAt ?? null),
    text("goneAt", ({ said }) => said?.goneAt ?? null),
  ],
  async *pages(ctx, input) {
    const customers = await reconcileCustomers(ctx, input);
    const providers = await reconcileProviders(ctx, input);
    const gone = [...customers.gone, ...providers.gone].map((one): Row => ({
      ...none,
      kind: "gone",
      link: one.link,
      state: null,
      unit: one.unit,
      amount: one.amount,
      difference: { cause: one.cause, subject: null, sentence: "It is not there any more." },
      said: { ownerId: one.ownerId, note: one.note, dueOn: null, settledAt: null, goneAt: one.goneAt },
    }));
    const rows = [...customers.links, ...providers.links].flatMap(rowsOf);
    yield { rows: [...rows, ...gone], from: customers.from, to: customers.to, watermark: null };
  },
});
