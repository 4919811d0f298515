import { z } from "zod";

const Answer = z.object({ uploadId: z.uuid() });
const Refusal = z.object({ error: z.object({ message: z.string() }) });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in between may answer with a page of its own.
    return null;
  }
}

/**
 * Sends a file's bytes, which fit no procedure. Not by fetch, because that cannot tell how far it is.
 * @param onProgress a fraction of 1
 * @throws Error whose message is for the person
 */
export function uploadFile(
  file: File,
  tenantSlug: string,
  onProgress: (fraction: number) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(new Error("The upload was cut off. Check the connection and try again."));
    request.onload = () => {
      const body = parsed(request.responseText);
      const answer = Answer.safeParse(body);
      if (request.status === 200 && answer.success) {
        resolve(answer.data.uploadId);
        return;
      }
      const refusal = Refusal.safeParse(body);
      reject(new Error(refusal.success ? refusal.data.error.message : "The server did not take the file."));
    };
    request.open("POST", "/api/imports");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    request.setRequestHeader("x-tokenledger-tenant", tenantSlug);
    request.send(file);
  });
}
