import { openPage } from "@/app/_trpc/server";
import { GeneralForm } from "./general-form";

export default async function GeneralSettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { now } = await openPage((await params).tenant);
  return <GeneralForm now={now.toISOString()} />;
}
