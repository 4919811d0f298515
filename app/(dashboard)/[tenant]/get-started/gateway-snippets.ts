import type { SnippetFacts } from "./snippet-facts";

export function liteLlm({ baseUrl, key }: SnippetFacts): string {
  return `# config.yaml of the LiteLLM proxy
litellm_settings:
  callbacks: ["tokenledger"]

callback_settings:
  tokenledger:
    callback_type: generic_api
    endpoint: ${baseUrl}/v1/litellm
    headers:
      Authorization: Bearer ${key}
    event_types: ["llm_api_success", "llm_api_failure"]

# Tags of a request stand in its metadata: feature, user_id, account_id, prompt_id …
# or in its tags: "feature:hello-world".`;
}

/** Segment's own shape, so that whatever sends to Segment can send here too. */
export function segment({ baseUrl, key }: SnippetFacts): string {
  return `# What your product was used for: what cost is compared with. It is no call and costs nothing.
curl ${baseUrl}/v1/track \\
  -u "${key}:" \\
  -H "Content-Type: application/json" \\
  -d '{
    "event": "Feature Used",
    "userId": "user-1",
    "properties": { "feature": "hello-world" },
    "context": { "groupId": "account-1" },
    "messageId": "hello-'$(date +%s)'"
  }'

# Segment's libraries: the key is the write key, and the host is
# ${baseUrl}`;
}
