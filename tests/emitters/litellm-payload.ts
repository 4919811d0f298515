/** Text that must never be found in the ledger. */
const secret = "CANARY-prompt-text";

type Fields = Record<string, unknown>;

/**
 * An entry of LiteLLM's log with every field that its generic API callback sends (StandardLoggingPayload), prompts and
 * answers included, which it sends unless told not to.
 */
export function litellmPayload({ metadata, ...overrides }: Fields & { metadata?: Fields } = {}): Fields {
  const startTime = Date.now() / 1_000 - 2.5;
  return {
    id: "chatcmpl-CfLite00000001",
    trace_id: "7d8f2c1e-0001-4b1f-9a55-3c1d2e4f5a6b",
    session_id: null,
    litellm_call_id: "5b0c6a52-0001-4a0e-8f43-77d2f0c3b8aa",
    call_type: "acompletion",
    stream: false,
    response_cost: 0.0043,
    cost_breakdown: {
      input_cost: 0.0025,
      output_cost: 0.0018,
      tool_usage_cost: 0,
      total_cost: 0.0043,
      original_cost: 0.0043,
      service_tier: null,
    },
    autorouter_savings: null,
    response_cost_failure_debug_info: null,
    status: "success",
    status_fields: { llm_api_status: "success", guardrail_status: "not_run" },
    custom_llm_provider: "openai",
    total_tokens: 1_380,
    prompt_tokens: 1_200,
    completion_tokens: 180,
    startTime,
    endTime: startTime + 1.25,
    completionStartTime: startTime + 0.4,
    response_time: 1.25,
    model_map_information: { model_map_key: "gpt-4o", model_map_value: { mode: "chat" } },
    model: "gpt-4o",
    model_id: "d1f3a0c2",
    model_group: "gpt-4o",
    api_base: "https://api.openai.com/v1/",
    metadata: {
      user_api_key_hash: "88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b",
      user_api_key_alias: "shop-backend",
      user_api_key_team_id: "team-1",
      user_api_key_team_alias: "care",
      user_api_key_org_id: null,
      user_api_key_project_id: null,
      user_api_key_user_id: "internal-admin",
      user_api_key_user_email: "admin@example.com",
      user_api_key_end_user_id: "litellm-ada",
      user_api_key_request_route: "/chat/completions",
      spend_logs_metadata: null,
      requester_metadata: { feature: "checkout", prompt_id: "upsell" },
      requester_custom_headers: { "x-request-source": "web" },
      usage_object: {
        prompt_tokens: 1_200,
        completion_tokens: 180,
        total_tokens: 1_380,
        prompt_tokens_details: { cached_tokens: 400, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
      },
      prompt_management_metadata: null,
      ...metadata,
    },
    cache_hit: false,
    cache_key: null,
    saved_cache_cost: 0,
    request_tags: ["release:2026-11", "User-Agent: AsyncOpenAI/Python"],
    end_user: "litellm-ada",
    requester_ip_address: "203.0.113.7",
    user_agent: "AsyncOpenAI/Python 2.8.1",
    messages: [{ role: "user", content: secret }],
    response: { choices: [{ message: { role: "assistant", content: secret } }] },
    error_str: null,
    error_information: null,
    model_parameters: { temperature: 0.2 },
    hidden_params: { model_id: "d1f3a0c2", cache_key: null, additional_headers: {} },
    guardrail_information: null,
    standard_built_in_tools_params: {},
    ...overrides,
  };
}

/** As the callback's `log_format` says; it calls all three application/json. */
export const logFormats = {
  json_array: (items: readonly Fields[]) => [JSON.stringify(items)],
  ndjson: (items: readonly Fields[]) => [items.map((item) => JSON.stringify(item)).join("\n")],
  single: (items: readonly Fields[]) => items.map((item) => JSON.stringify(item)),
} as const;
