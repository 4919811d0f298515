import { pseudonymise } from "./pseudonym";

/** Every form in which a user's id may be stored: as sent, tidied, and as the pseudonym that it has or once had. */
export function formsOf(tenantId: string, userId: string, salt: Uint8Array | null): string[] {
  const forms = new Set([userId, userId.trim().normalize("NFC")]);
  if (salt) forms.add(pseudonymise({ pseudonymSalt: salt }, tenantId, userId));
  forms.delete("");
  return [...forms];
}
