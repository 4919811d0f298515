import type { SnippetFacts } from "./snippet-facts";

export function curl({ baseUrl, key }: SnippetFacts): string {
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

export function typeScript({ baseUrl, key }: SnippetFacts): string {
  return `// The client is one file without dependencies; put it beside this one:
//   curl -O ${baseUrl}/client/tokenledger.js -O ${baseUrl}/client/tokenledger.d.ts
import { createTokenledger } from "./tokenledger.js";

const ledger = createTokenledger({
  endpoint: "${baseUrl}",
  key: "${key}",
  feature: "hello-world",
});

// After a call. Sent in the background, again if need be; never throws into your app.
// ledger.wrapOpenAI(client), wrapAnthropic and trackAiSdk read the usage by themselves.
ledger.track({
  provider: "openai",
  model: "gpt-4o",
  userId: "user-1",
  usage: { inputTokens: 1200, outputTokens: 350 },
});

await ledger.close();
console.log(ledger.stats());`;
}

export function python({ baseUrl, key }: SnippetFacts): string {
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
