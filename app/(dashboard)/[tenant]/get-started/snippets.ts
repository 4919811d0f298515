export const languages = ["curl", "TypeScript", "Python"] as const;
export type Language = (typeof languages)[number];

interface SnippetFacts {
  /** Of this installation, without a slash at the end. */
  baseUrl: string;
  /** The tenant's key; a placeholder until there is one. */
  key: string;
}

export const keyPlaceholder = "YOUR_API_KEY";

function curl({ baseUrl, key }: SnippetFacts): string {
  return `curl ${baseUrl}/api/trpc/ingest.calls \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '{"calls": [{
    "id": "hello-'$(date +%s)'",
    "occurredAt": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",
    "provider": "openai",
    "model": "gpt-4o",
    "feature": "hello-world",
    "userId": "user-1",
    "usage": { "inputTokens": 1200, "outputTokens": 350 }
  }]}'`;
}

function typeScript({ baseUrl, key }: SnippetFacts): string {
  return `// After each response of your model provider; works in any runtime with fetch.
const response = await fetch("${baseUrl}/api/trpc/ingest.calls", {
  method: "POST",
  headers: {
    Authorization: "Bearer ${key}",
    "Content-Type": "application/json",
  },
  body: JSON.stringify({
    calls: [
      {
        id: crypto.randomUUID(), // the same id sent again is counted once
        occurredAt: new Date().toISOString(),
        provider: "openai",
        model: "gpt-4o",
        feature: "hello-world",
        userId: "user-1",
        usage: { inputTokens: 1200, outputTokens: 350 },
      },
    ],
  }),
});
console.log(await response.json());`;
}

function python({ baseUrl, key }: SnippetFacts): string {
  return `# After each response of your model provider; needs the standard library only.
import datetime, json, urllib.request, uuid

call = {
    "id": str(uuid.uuid4()),  # the same id sent again is counted once
    "occurredAt": datetime.datetime.now(datetime.timezone.utc).isoformat(),
    "provider": "openai",
    "model": "gpt-4o",
    "feature": "hello-world",
    "userId": "user-1",
    "usage": {"inputTokens": 1200, "outputTokens": 350},
}
request = urllib.request.Request(
    "${baseUrl}/api/trpc/ingest.calls",
    data=json.dumps({"calls": [call]}).encode(),
    headers={
        "Authorization": "Bearer ${key}",
        "Content-Type": "application/json",
    },
)
print(urllib.request.urlopen(request).read().decode())`;
}

const writers = { curl, TypeScript: typeScript, Python: python } as const satisfies Record<
  Language,
  (facts: SnippetFacts) => string
>;

/** A program that sends one call, ready to be pasted and run. */
export function snippet(language: Language, facts: SnippetFacts): string {
  return writers[language](facts);
}
