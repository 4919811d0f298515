/** Something that the person who started us can put right: its message is one sentence and is printed without a stack. */
export class LaunchError extends Error {
  override readonly name = "LaunchError";
}

/** The code of a system error ("EACCES", "ENOSPC" …), or "" for anything else. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
