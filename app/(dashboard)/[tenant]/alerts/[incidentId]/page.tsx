import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { isDomainError } from "@/server/errors";
import { IncidentInput } from "@/server/incidents/schemas";
import { around, filterOf } from "./around";
import { Incident } from "./incident";
import { messagesQuestion, seriesQuestions } from "./questions";

export const metadata: Metadata = { title: "Incident" };

interface IncidentPageProps {
  params: Promise<{ tenant: string; incidentId: string }>;
}

const isMissing = (error: unknown) =>
  error instanceof Error && isDomainError(error.cause) && error.cause.code === "NOT_FOUND";

export default async function IncidentPage({ params }: IncidentPageProps) {
  const { tenant: slug, incidentId } = await params;
  const { tenant, trpc, queryClient, now } = await openPage(slug);
  const input = IncidentInput.safeParse({ id: incidentId });
  if (!tenant.rights.includes("alerts:read") || !input.success) notFound();
  const { id } = input.data;
  try {
    // As text, as the browser will know it.
    const { incident } = await queryClient.query(trpc.incidents.read.queryOptions({ id }));
    const told = JSON.parse(JSON.stringify(incident)) as typeof incident;
    const filter = filterOf(told);
    const questions = filter && seriesQuestions(around(told, now, tenant.timeZone), filter);
    await Promise.allSettled([
      queryClient.query(trpc.delivery.messages.queryOptions(messagesQuestion(id))),
      queryClient.query(trpc.delivery.list.queryOptions()),
      ...(questions && tenant.rights.includes("reports:read")
        ? [
            queryClient.query(trpc.reports.trend.queryOptions(questions.trend)),
            queryClient.query(trpc.reports.spend.queryOptions(questions.spend)),
          ]
        : []),
      ...(tenant.rights.includes("members:read")
        ? [queryClient.query(trpc.members.list.queryOptions())]
        : []),
    ]);
  } catch (error) {
    if (isMissing(error)) notFound();
    // Anything else is asked again by the browser, which says what went wrong.
  }
  return (
    <Hydrate client={queryClient}>
      <Incident id={id} now={now.toISOString()} />
    </Hydrate>
  );
}
