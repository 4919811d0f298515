import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Hydrate } from "./hydrate";

const queryKey = ["incident"];
const neverAsked = (): Promise<unknown> => Promise.reject(new Error("It is there already."));

function Shown() {
  const { data } = useQuery({ queryKey, queryFn: neverAsked });
  return <pre>{JSON.stringify([typeof (data as { openedAt: unknown }).openedAt, data])}</pre>;
}

it("hands on what the wire would have brought: dates are text, and what is not there is left out", async () => {
  const prefetched = new QueryClient();
  const openedAt = new Date("2026-11-20T06:00:00Z");
  const answer = { openedAt, note: null, level: undefined, impactUsd: "15.92" };
  await prefetched.query({ queryKey, queryFn: () => Promise.resolve(answer) });
  const html = renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <Hydrate client={prefetched}>
        <Shown />
      </Hydrate>
    </QueryClientProvider>,
  );
  const shown: unknown = JSON.parse(html.replace(/<[^>]+>/g, "").replaceAll("&quot;", '"'));
  expect(shown).toEqual(["string", { openedAt: "2026-11-20T06:00:00.000Z", note: null, impactUsd: "15.92" }]);
});
