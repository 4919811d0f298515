import type { z } from "zod";
import { DomainError } from "@/server/errors";
import { FocusInvoiceInput, FocusMonthInput } from "./schemas";

type Asked = z.output<typeof FocusMonthInput> | z.output<typeof FocusInvoiceInput>;

/** What an address asks for. @throws DomainError INVALID_INPUT */
export function focusAsked(query: URLSearchParams): Asked {
  const schema = query.has("invoice") ? FocusInvoiceInput : FocusMonthInput;
  const asked = schema.safeParse(Object.fromEntries(query));
  if (asked.success) return asked.data;
  const [issue] = asked.error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  throw new DomainError("INVALID_INPUT", `${field}: ${issue?.message ?? "is no month"}`, { field });
}
