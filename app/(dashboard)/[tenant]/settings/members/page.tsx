import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Members } from "./members";

export default async function MembersPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { trpc, queryClient, person } = await openPage((await params).tenant);
  await Promise.allSettled([queryClient.query(trpc.members.list.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <Members personId={person.personId} />
    </Hydrate>
  );
}
