import { z } from "zod";
import { KeyName } from "@/server/keys/schemas";

/** As bi_create_reader holds to: so many readers a tenant, so many connections a reader. */
export const readersPerTenant = 5;
export const connectionsPerReader = 5;

/** What people call a reader: the tool that uses it. */
export const CreateReaderInput = z.strictObject({ name: KeyName });
export type CreateReaderInput = z.input<typeof CreateReaderInput>;

export const ReaderInput = z.strictObject({ id: z.uuid() });
export type ReaderInput = z.input<typeof ReaderInput>;
