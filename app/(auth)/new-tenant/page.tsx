import type { Metadata } from "next";
import { requireSignedIn } from "@/app/_trpc/server";
import { currentTime } from "@/server/clock";
import { AuthHeading } from "../_components/auth-heading";
import { NewTenantForm } from "./new-tenant-form";

export const metadata: Metadata = { title: "New organisation" };

export default async function NewTenantPage() {
  await requireSignedIn("/new-tenant");
  return (
    <>
      <AuthHeading title="New organisation">
        A ledger of its own: nobody else can see a byte of it.
      </AuthHeading>
      <NewTenantForm now={currentTime().toISOString()} />
    </>
  );
}
