export interface DownloadOptions {
  timeoutMs?: number;
  /** Most bytes that are taken, after decompression. */
  maxBytes?: number;
}

/** A JSON document from the network. @throws Error saying in a sentence why there is none */
export async function downloadList(
  url: string,
  { timeoutMs = 20_000, maxBytes = 20_000_000 }: DownloadOptions = {},
): Promise<{ text: string; list: unknown }> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: "application/json" },
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`The list's server answered ${String(response.status)}.`);
  }
  const text = await bounded(response, maxBytes);
  try {
    return { text, list: JSON.parse(text) };
  } catch {
    throw new Error("What came is no JSON.");
  }
}

/** Counted while it comes: a length that is announced may be wrong, or missing. */
async function bounded(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    size += read.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new Error(`The list is larger than ${String(maxBytes)} bytes.`);
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
