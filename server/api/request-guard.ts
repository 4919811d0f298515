/** A tRPC body has a thousand calls at most; the largest sensible one is below this. */
export const maxBodyBytes = 8 * 1024 * 1024;
/** Procedures in one HTTP request. */
export const maxBatchSize = 10;

export interface Refusal {
  status: 403 | 415;
  message: string;
}

interface Facts {
  method: string;
  origin: string | null;
  contentType: string | null;
  contentEncoding: string | null;
  hasKey: boolean;
}

/**
 * next-auth's CSRF token does not cover tRPC, so a change is refused when it comes from a page of another origin or in
 * a type that a plain form can send (reliability P51).
 */
export function refuseRequest(facts: Facts, ownOrigin: string): Refusal | null {
  if (facts.method !== "POST") return null;
  if (!/^application\/json\s*(;|$)/i.test(facts.contentType ?? "")) {
    return { status: 415, message: "Send JSON (Content-Type: application/json)." };
  }
  if (facts.contentEncoding !== null && facts.contentEncoding !== "identity") {
    return { status: 415, message: "Compressed bodies are not taken here." };
  }
  // A key is never sent by a browser on its own, so a foreign page cannot abuse one.
  if (!facts.hasKey && facts.origin !== null && facts.origin !== ownOrigin) {
    return { status: 403, message: "This request comes from a page of another origin." };
  }
  return null;
}
