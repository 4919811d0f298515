"use client";

import {
  BellRing,
  Boxes,
  ChartColumn,
  CircleX,
  ClipboardCheck,
  CreditCard,
  DatabaseZap,
  FileLock2,
  FileText,
  FileUp,
  Landmark,
  Lightbulb,
  Network,
  ReceiptText,
  Rocket,
  Route,
  Scale,
  Scissors,
  Settings,
  Shapes,
  Tags,
  type LucideIcon,
  UserCheck,
  MessageSquareText,
  Users,
  Wallet,
  Waypoints,
} from "lucide-react";
import type { Right } from "@/server/auth/permissions";
import { useTenant } from "./tenant-context";

export interface Place {
  /** Below the tenant. */
  path: string;
  label: string;
  icon: LucideIcon;
  right: Right;
  /** What else one may type to find it. */
  words: string;
}

interface PlaceGroup {
  /** Null: stands for itself. */
  title: string | null;
  places: readonly Place[];
}

/** Where a member can go, as the navigation groups it. */
const groups: readonly PlaceGroup[] = [
  {
    title: null,
    places: [
      {
        path: "overview",
        label: "Overview",
        icon: ChartColumn,
        right: "reports:read",
        words: "home dashboard spend trend",
      },
    ],
  },
  {
    title: "Spend",
    places: [
      {
        path: "features",
        label: "Features",
        icon: Shapes,
        right: "reports:read",
        words: "what costs dearest share change value adoption conversion owner protected seasonal",
      },
      {
        path: "users",
        label: "Users",
        icon: Users,
        right: "reports:read",
        words: "people accounts customers who throttle limit percentiles",
      },
      {
        path: "retention",
        label: "Retention",
        icon: UserCheck,
        right: "reports:read",
        words: "cohorts churn stay leave throttle list margin revenue plans",
      },
      {
        path: "prompts",
        label: "Prompts",
        icon: MessageSquareText,
        right: "reports:read",
        words: "templates versions changes bleeding regression cost per call",
      },
      {
        path: "models",
        label: "Models",
        icon: Boxes,
        right: "reports:read",
        words: "providers latency cost per token share unpriced hours",
      },
      {
        path: "teams",
        label: "Teams",
        icon: Network,
        right: "reports:read",
        words: "departments who spends stacked",
      },
    ],
  },
  {
    title: "Calls",
    places: [
      {
        path: "calls",
        label: "Calls",
        icon: ReceiptText,
        right: "calls:read",
        words: "ledger requests dearest kept out",
      },
      {
        path: "runs",
        label: "Runs",
        icon: Route,
        right: "reports:read",
        words: "agents traces steps tools cost per run",
      },
      {
        path: "cache",
        label: "Cache",
        icon: DatabaseZap,
        right: "reports:read",
        words: "hit rate savings prompt caching tokens read",
      },
      {
        path: "errors",
        label: "Errors",
        icon: CircleX,
        right: "reports:read",
        words: "failures retries retry tax billed classes",
      },
    ],
  },
  {
    title: "Control",
    places: [
      {
        path: "budgets",
        label: "Budgets",
        icon: Wallet,
        right: "budgets:read",
        words: "limits quota forecast month end thresholds owners",
      },
      {
        path: "alerts",
        label: "Alerts",
        icon: BellRing,
        right: "alerts:read",
        words: "incidents rules anomalies spikes thresholds backtest snooze acknowledge",
      },
      {
        path: "recommendations",
        label: "Recommendations",
        icon: Lightbulb,
        right: "reviews:read",
        words: "savings advice batch smaller model cache prompt retries cheaper verified",
      },
      {
        path: "reviews",
        label: "Weekly review",
        icon: ClipboardCheck,
        right: "reviews:read",
        words: "monday digest meeting walk through checklist last week",
      },
      {
        path: "kill-review",
        label: "Kill review",
        icon: Scissors,
        right: "reviews:read",
        words: "month end features unused kill throttle merge keep decide savings bottom quartile",
      },
    ],
  },
  {
    title: "Ledger",
    places: [
      {
        path: "attribution",
        label: "Attribution",
        icon: Waypoints,
        right: "attribution:read",
        words: "coverage rules tag policy unattributed",
      },
      {
        path: "prices",
        label: "Prices",
        icon: Tags,
        right: "prices:read",
        words: "rates contracts discounts repricing",
      },
      { path: "imports", label: "Import", icon: FileUp, right: "calls:import", words: "csv upload history" },
    ],
  },
  {
    title: "Month end",
    places: [
      {
        path: "statements",
        label: "Statements",
        icon: FileLock2,
        right: "reports:read",
        words: "month end close freeze hash corrections chargeback teams reopen",
      },
      {
        path: "bills",
        label: "Provider bills",
        icon: Landmark,
        right: "reports:read",
        words:
          "openai anthropic aws google invoice reconcile difference causes unexplained sign off files focus",
      },
      {
        path: "reconciliation",
        label: "Reconciliation",
        icon: Scale,
        right: "reports:read",
        words: "month end agrees difference roll-ups stripe invoices providers bills owner cause equal",
      },
      {
        path: "invoices",
        label: "Invoices",
        icon: FileText,
        right: "reports:read",
        words: "bill customers accounts rate plans markup drafts final void pdf tax vat margin",
      },
      {
        path: "stripe",
        label: "Stripe",
        icon: CreditCard,
        right: "billing:read",
        words: "billing meters usage export customers differences delivered confirmed",
      },
    ],
  },
  {
    title: "Set-up",
    places: [
      {
        path: "get-started",
        label: "Get started",
        icon: Rocket,
        right: "calls:read",
        words: "send the first call snippets sdk",
      },
      {
        path: "settings",
        label: "Settings",
        icon: Settings,
        right: "tenant:read",
        words: "members keys sources privacy zone account audit",
      },
    ],
  },
];

/** On a phone a thumb finds these; the others are behind the last. */
const onPhone = ["overview", "features", "users", "calls"];

/** What the role of this member leads to. */
export function usePlaces(): { groups: readonly PlaceGroup[]; all: readonly Place[] } {
  const { rights } = useTenant();
  const open = groups
    .map(({ title, places }) => ({ title, places: places.filter(({ right }) => rights.includes(right)) }))
    .filter(({ places }) => places.length > 0);
  return { groups: open, all: open.flatMap(({ places }) => places) };
}

export function usePhonePlaces(): { first: readonly Place[]; more: readonly Place[] } {
  const { all } = usePlaces();
  const first = all.filter(({ path }) => onPhone.includes(path));
  return { first, more: all.filter((place) => !first.includes(place)) };
}
