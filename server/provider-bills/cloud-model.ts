import { findProvider } from "@pydantic/genai-prices";
import { matchModel } from "@/server/prices/match-model";

/** anthropic.claude-sonnet-4-5-20250929-v1:0, also behind a region or in the name of a resource. */
const bedrockId =
  /\b(?:anthropic|amazon|meta|mistral|cohere|deepseek|qwen|openai|ai21|writer|moonshot|minimax|google|nvidia)\.[a-z0-9][a-z0-9.-]*(?::\d+)?/i;
const edition = /\s*\((amazon bedrock edition|vertex ai|model garden)[^)]*\)/i;
const serviceAlone = /^(amazon bedrock|vertex ai( generative ai)?|gemini api|generative language api)$/i;
/** What stands beside a model's name in a SKU. */
const meterWords =
  /\b(input|output|cached?|caching|read|write|tokens?|counts?|units?|text|audio|image|video|thinking|predictions?|batch|flex|priority|standard|online|long|short|context|global|regional|cross|region|ga|prompt|response|on demand|ondemand|invocations?|inference|model|mp|generate content|in|for|the|of|us|eu|apac|use\d|usw\d|euc\d|euw\d|apn\d|aps\d|\d+ ?h(our)?|\d+ ?m(in(ute)?s?)?|1k|1m)\b/gi;
const makers: readonly [RegExp, string][] = [
  [/^claude/, "anthropic."],
  [/^(nova|titan)/, "amazon."],
  [/^llama/, "meta."],
  [/^(mistral|mixtral|ministral|pixtral)/, "mistral."],
  [/^command/, "cohere."],
];

/** "Claude4.5Sonnet" as words. */
const inWords = (text: string) =>
  text
    .replaceAll(/([a-z])([A-Z0-9])/g, "$1 $2")
    .replaceAll(/(\d)([A-Z])/g, "$1 $2")
    .replaceAll(/[_/:]+|-(?=[A-Za-z])|(?<=[A-Za-z])-/g, " ");

/** The spellings under which a price list may have what a SKU calls "Claude 4.5 Sonnet input tokens". */
function spellings(text: string): string[] {
  const words = inWords(text.replace(edition, ""))
    .replaceAll(meterWords, " ")
    .replaceAll(/(^|\s)[-.,|()]+(?=\s|$)/g, " ")
    .replaceAll(/^[\s-]+|[\s-]+$/g, "")
    .toLowerCase();
  const slug = words.replaceAll(/[\s.]+/g, "-");
  const dotted = words.replaceAll(/\s+/g, "-");
  // Claude's older names have the number before the name, its newer ones after it.
  const turned = slug.replace(/^claude-([\d-]+)-([a-z]+)$/, "claude-$2-$1");
  return [...new Set([turned, slug, dotted])].flatMap((name) => [
    name,
    ...makers.filter(([start]) => start.test(name)).flatMap(([, maker]) => [`${maker}${name}`, `${maker}${name}-v1:0`]),
  ]); // prettier-ignore
}

const listed = new Map<string, ReadonlyMap<string, string>>();

/** A SKU names neither the model's date nor its version; the price list's names without them, each with a name that is matched. */
function undated(provider: string): ReadonlyMap<string, string> {
  const known = listed.get(provider);
  if (known) return known;
  const ids = (findProvider({ providerId: provider })?.models ?? []).map(({ id }) =>
    id.replace(/^regional\./, ""),
  );
  const bare = (id: string) => id.replace(/-v\d+(:\d+)?$/, "").replace(/[-@]\d{8}$/, "");
  const names = new Map(ids.filter((id) => matchModel(provider, id) !== null).map((id) => [bare(id), id]));
  listed.set(provider, names);
  return names;
}

/**
 * The model that a cloud's row is about: the first of its texts that the price list knows in some spelling, else what the
 * first of them says, as it says it. '' where none of them names anything but the service.
 */
export function cloudModel(provider: string, texts: readonly string[]): string {
  const told = texts.filter((text) => text !== "" && !serviceAlone.test(text));
  for (const text of told) {
    const id = bedrockId.exec(text)?.[0];
    for (const name of [...(id === undefined ? [] : [id]), ...spellings(text)]) {
      if (matchModel(provider, name) !== null) return name;
      const dated = undated(provider).get(name);
      if (dated !== undefined) return dated;
    }
  }
  for (const text of told) {
    const id = bedrockId.exec(text)?.[0];
    const [name = ""] = spellings(text);
    if (id !== undefined) return id;
    if (/[a-z]{3}/.test(name)) return name;
  }
  return "";
}
