/** How an app says what its users pay, at the tenant's own address. */
export const identifySnippet = (baseUrl: string): string => `curl ${baseUrl}/v1/identify \\
  -H "Authorization: Bearer $TOKENLEDGER_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"userId": "user-1", "traits": {"plan": "pro", "mrr": 49, "accountId": "northwind", "createdAt": "2026-09-01"}}'`;
