import { startFakeSlack } from "@/tests/mocks/slack";
import { demoFacts } from "@/tests/setup/demo";
import { expect, people, test } from "./fixtures";
import { ledger } from "./ledger";
import { ownTenant } from "./own-tenant";

test.use({ person: "owner" });

const mostSeconds = 120;
const slug = "breach";

test("a budget that is passed is told in Slack within two minutes, by the jobs as they run every day", async ({
  page,
}) => {
  test.setTimeout((mostSeconds + 60) * 1_000);
  const receiver = process.env.SLACK_RECEIVER_URL ?? "";
  const slack = await startFakeSlack(undefined, Number(new URL(receiver).port));
  try {
    expect(slack.url).toBe(receiver);
    const tenant = await ownTenant(slug);
    await ledger(
      "INSERT INTO member (tenant_id, person_id, role) SELECT $1, id, 'owner' FROM person WHERE email = $2",
      [tenant.id, people.owner],
    );
    const { url } = demoFacts();
    const change = async (procedure: string, data: object) => {
      const answer = await page.request.post(`${url}/api/trpc/${procedure}`, { data, headers: { "x-tokenledger-tenant": slug } }); // prettier-ignore
      expect(answer.status(), await answer.text()).toBe(200);
    };
    const path = "/services/T0BREACH/B0BREACH/abcdefghijklmnopqrstuvwx";
    await change("delivery.add", {
      kind: "slack",
      name: "On call",
      url: `https://hooks.slack.com${path}`,
    });
    await change("budgets.set", { subject: { kind: "feature", key: "drafts" }, amountUsd: "10" });

    // gpt-4o: $2.50 a million tokens, hence $2.50 a call, and the fifth passes $10.
    const calls = Array.from({ length: 5 }, (_, n) => ({
      id: `breach-${String(n)}`,
      occurredAt: new Date().toISOString(),
      provider: "openai",
      model: "gpt-4o",
      feature: "drafts",
      usage: { inputTokens: 1_000_000 },
    }));
    const began = Date.now();
    const answer = await fetch(`${url}/api/trpc/ingest.calls`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${tenant.ingestKey}` },
      body: JSON.stringify({ calls }),
    });
    expect(await answer.json()).toMatchObject({ result: { data: { accepted: 5, rejected: [] } } });

    const breach = () =>
      slack
        .accepted()
        .find((heard) => heard.path === path && heard.body.includes("drafts has used 125"));
    await expect
      .poll(() => breach() !== undefined, { timeout: mostSeconds * 1_000, intervals: [250] })
      .toBe(true);
    const seconds = ((breach()?.at ?? Infinity) - began) / 1_000;
    console.info(`breach → Slack: ${seconds.toFixed(1)} s, of ${String(mostSeconds)}`);
    expect(seconds).toBeLessThan(mostSeconds);
    expect(slack.heard.filter(({ status }) => status !== 200)).toEqual([]);
    // Told once: at 100 per cent, not also at 70 and 90.
    expect(slack.heard.filter(({ body }) => body.includes("this month's budget"))).toHaveLength(1);
  } finally {
    // Other journeys know this person as a member of one organisation.
    await ledger("DELETE FROM member USING tenant t WHERE t.tenant_id = member.tenant_id AND t.slug = $1", [slug]);
    await slack.close();
  }
}); // prettier-ignore
