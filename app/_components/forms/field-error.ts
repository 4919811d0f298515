interface FailedMutation {
  message: string;
  data?: { field?: string } | null;
}

/** The server's sentence for one field of a form, without the field's name that zod errors begin with. */
export function fieldError(error: FailedMutation | null, field: string): string | undefined {
  if (error?.data?.field !== field) return undefined;
  const sentence = error.message.startsWith(`${field}: `)
    ? error.message.slice(field.length + 2)
    : error.message;
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}
