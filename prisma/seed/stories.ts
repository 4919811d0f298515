/**
 * What happened at Acme AI: events planted in the demo's calls, each with the figures by which a screen or an alert should
 * find it again. `daysAgo` counts days of the tenant's zone back from today; hours are that zone's.
 */
export const stories = {
  retryLoop: {
    title: "A retry loop",
    tells:
      "One night an agent retried a step that could not succeed, for four hours and dozens of attempts each time.",
    shows:
      "Nearly all of the feature's calls in these hours are attempts above 1, and they cost more than its whole day before.",
    feature: "research-agent",
    /** No person: a job that calls as one. */
    user: "usr_nightly_agent",
    errorClass: "invalid_tool_arguments",
    daysAgo: 17,
    fromHour: 1,
    hours: 4,
    requests: 40,
    /** They outweigh, on every day of the week, what the dear users' long prompts to the same feature no longer cost. */
    attempts: 60,
  },
  heavierPrompt: {
    title: "A prompt version that doubled its tokens",
    tells: "Version v4 of the e-mail prompt went out with examples pasted in and asks for longer answers.",
    shows: "Tokens and cost per call double from that day on while the number of calls does not move.",
    feature: "email-drafts",
    promptId: "email-draft",
    before: "v3",
    after: "v4",
    daysAgo: 24,
    tokenFactor: 2,
  },
  expensiveLeavers: {
    title: "Expensive users who left",
    tells: "Five people of two accounts cost far more than anybody else, and then stopped coming.",
    shows: "They lead the user list by cost for the time before, and have no call since.",
    users: ["usr_bram", "usr_chiara", "usr_deniz", "usr_ewa", "usr_faisal"],
    accounts: ["northwind", "tailspin"],
    features: ["contract-review", "research-agent"],
    leftDaysAgo: 31,
    /** Which costs less a month than each of them did. */
    plan: "pro",
    callsADay: 12,
    tokenFactor: 4,
  },
  unusedFeatures: {
    title: "Features that nobody uses",
    tells: "Two features were built, launched and are hardly ever called.",
    shows: "Each has fewer calls in 90 days than any other feature in two.",
    features: ["logo-ideas", "onboarding-tour"],
  },
  unattributed: {
    title: "Unattributed calls",
    tells: "An old service of the platform team sends calls without a feature.",
    shows: "About three calls of a hundred have no feature.",
    share: 0.03,
  },
  priceChange: {
    title: "A price change",
    tells: "The fine-tuned model of ticket triage cost twice as much until this day.",
    shows: "Its cost per token halves from that day on, at the same tokens per call: a delta of price alone.",
    feature: "ticket-triage",
    provider: "openai",
    model: "ft:gpt-4o-mini-2024-07-18:acme-ai:triage:9x2kq",
    bookModel: "ft:gpt-4o-mini",
    daysAgo: 45,
    earlierRates: [
      { service: "standard", unit: "fresh_input", tierStart: 0, usd: "0.6", per: 1_000_000 },
      { service: "standard", unit: "visible_output", tierStart: 0, usd: "2.4", per: 1_000_000 },
    ],
    note: "Fine-tuning pilot, until the list's rates were agreed",
  },
  endingDiscount: {
    title: "A discount that ends",
    tells: "Acme AI pays a tenth less than list prices for Claude, by an agreement that ends in three weeks.",
    shows: "A notice says from which day on, by how much a month and for which features the bill rises.",
    provider: "anthropic",
    factor: "0.9",
    endsInDays: 21,
    note: "Launch agreement with Anthropic",
  },
  lateEvents: {
    title: "Late events",
    tells: "A region's collector was down for an afternoon and delivered its calls three days later.",
    shows: "The feature's calls of these hours were received three days after they occurred.",
    feature: "meeting-notes",
    daysAgo: 12,
    fromHour: 13,
    hours: 4,
    lateDays: 3,
  },
  unpricedModel: {
    title: "A model without a price",
    tells: "A model of the company's own took over part of ticket triage; nobody has entered what it costs.",
    shows: "Its calls are unpriced: counted beside every total, never as 0.",
    feature: "ticket-triage",
    provider: "in-house",
    model: "acme-router-7b",
    sinceDaysAgo: 38,
    share: 0.25,
  },
  risingCache: {
    title: "Cache hits that rise",
    tells: "Document search learned to reuse its prompt prefix, a little better each week.",
    shows:
      "The share of its input read from the cache climbs from about 5 % to about 70 %, and its cost per call falls.",
    feature: "doc-search",
    share: [0.05, 0.7],
  },
  nightlyBatch: {
    title: "A batch feature",
    tells: "Lead scoring runs once a night through the batch interface.",
    shows: "All its calls are batched, between 2 and 4 at night, at half price, and marked as estimated.",
    feature: "lead-scoring",
    fromHour: 2,
    hours: 2,
  },
} as const;
