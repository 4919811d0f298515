import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { ChangePassword } from "./change-password";
import { SignOutEverywhere } from "./sign-out-everywhere";

export default async function AccountPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { trpc, queryClient, person } = await openPage((await params).tenant);
  await Promise.allSettled([queryClient.query(trpc.account.me.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <div className="space-y-4">
        <ChangePassword email={person.email} />
        <SignOutEverywhere />
      </div>
    </Hydrate>
  );
}
