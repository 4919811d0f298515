/**
 * What Acme AI's app tells of its people: who uses what, what they pay, who never came. Planted beside the stories of its
 * calls (stories.ts), each with the figures by which a screen should find it again.
 */
export const usageStories = {
  conversions: {
    "support-chat": "Conversation Resolved",
    "email-drafts": "Reply Sent",
    "research-agent": "Report Saved",
    "contract-review": "Contract Signed",
  },
  eventsOnly: {
    title: "A feature without a model",
    tells: "Meeting notes can be exported; the app tells of each export, and no call belongs to it.",
    shows: "It has users and events, no calls and no cost; its people are active without ever calling.",
    feature: "pdf-export",
  },
  unmatchedNames: {
    title: "One feature under two names",
    tells: "The app tells of document search with an underscore, its calls carry a hyphen.",
    shows:
      "Calls without events under the one name and events without calls under the other; each is named as the other's likely twin.",
    called: "doc-search",
    told: "doc_search",
  },
  seasonalFeature: {
    title: "A feature with a season",
    tells:
      "The annual report is made from January to March; for the rest of the year hardly anybody opens it.",
    shows: "It is among the least used features and must not be killed for it.",
    feature: "annual-report",
    months: [1, 2, 3],
    /** Of the days, those on which somebody opens it. */
    share: 0.4,
  },
  protectedFeature: {
    title: "A feature that was promised",
    tells: "Contract review is part of a contract that runs until March.",
    shows: "Whatever it costs, no review suggests to kill it, and says why.",
    feature: "contract-review",
    reason: "Promised to Northwind until the end of March",
  },
  underPricedPowerUsers: {
    title: "Under-priced power users",
    tells: "The busiest people of all are on the smallest paid plan.",
    shows: "Their calls of a month cost more than the plan's price, while most of the plan cost far less.",
    plan: "starter",
    mrrUsd: "3",
    count: 12,
  },
  neverCame: {
    title: "People who never came",
    tells: "Eighteen people signed up and were never seen; six of them pay.",
    shows: "They are known by what the app said of them, with revenue and without cost.",
    users: 18,
    paying: 6,
  },
} as const;
