export interface KeptOutReason {
  label: string;
  /** What such a call is. */
  meaning: string;
  /** What to do about it. */
  advice: string;
}

export interface Window {
  maxAgeDays: number;
  maxAheadMinutes: number;
}

/** Why a sound call may not become a row of the ledger, by the code that ingest answered. */
export function keptOutReasons({ maxAgeDays, maxAheadMinutes }: Window) {
  return {
    CONFLICT: {
      label: "Same id, other content",
      meaning: "A call with an id that the ledger has already, but with other tokens, model or tags.",
      advice:
        "The first one stays, and is counted. If these were two calls, give each its own id and send this one again.",
    },
    TOO_OLD: {
      label: "Too old",
      meaning: `A live call of more than ${String(maxAgeDays)} days ago.`,
      advice: "Bring it in through Import, which takes calls of any age.",
    },
    TOO_NEW: {
      label: "Ahead of our clock",
      meaning: `A call of more than ${String(maxAheadMinutes)} minutes in the future.`,
      advice: "Set the sender's clock, and check that its times carry the right offset. Then send it again.",
    },
  } as const satisfies Record<string, KeptOutReason>;
}

/** Null for a code of a later version. */
export function keptOutReason(code: string, window: Window): KeptOutReason | null {
  return Object.entries(keptOutReasons(window)).find(([known]) => known === code)?.[1] ?? null;
}

/** "occurredAt is more than 35 days ago; …" as a sentence. Some messages name their subject themselves. */
export function keptOutSentence({ field, message }: { field: string | null; message: string }): string {
  const wantsSubject = field !== null && /^(is|are|has|have|must|holds|needs)\b/.test(message);
  const sentence = wantsSubject ? `${field} ${message}` : message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
