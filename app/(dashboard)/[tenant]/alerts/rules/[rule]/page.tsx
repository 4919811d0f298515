import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { ruleIds } from "@/server/incidents/schemas";
import { ruleOf } from "@/server/alerts/schemas";
import { Rule } from "./rule";
import { loadRuleSubject } from "./search-params";

interface RulePageProps {
  params: Promise<{ tenant: string; rule: string }>;
  searchParams: Promise<SearchParams>;
}

const ruleNamed = (name: string) => ruleIds.find((one) => one === name);

export async function generateMetadata({ params }: RulePageProps): Promise<Metadata> {
  const rule = ruleNamed((await params).rule);
  return { title: rule ? ruleOf(rule).title : "Alert rule" };
}

/** `?of=&name=` is about one subject of the rule. */
export default async function RulePage({ params, searchParams }: RulePageProps) {
  const { tenant: slug, rule: name } = await params;
  const { tenant, trpc, queryClient, now } = await openPage(slug);
  const rule = ruleNamed(name);
  if (!rule || !tenant.rights.includes("alerts:read")) notFound();
  const subject = await loadRuleSubject(rule, searchParams);
  await Promise.allSettled([queryClient.query(trpc.alerts.rules.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <Rule rule={rule} subject={subject} now={now.toISOString()} />
    </Hydrate>
  );
}
