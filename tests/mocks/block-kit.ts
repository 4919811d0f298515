import { z } from "zod";

// What Slack documents of the blocks that we use (docs.slack.dev, reference/block-kit): types, lengths, counts.
const plainText = (max: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
const anyText = (max: number) =>
  z.discriminatedUnion("type", [
    plainText(max),
    z.strictObject({
      type: z.literal("mrkdwn"),
      text: z.string().min(1).max(max),
      verbatim: z.boolean().optional(),
    }),
  ]);
const blockId = z.string().max(255).optional();
const Header = z.strictObject({ type: z.literal("header"), text: plainText(150), block_id: blockId });
const Section = z
  .strictObject({
    type: z.literal("section"),
    text: anyText(3_000).optional(),
    fields: z.array(anyText(2_000)).min(1).max(10).optional(),
    block_id: blockId,
  })
  .refine(({ text, fields }) => text ?? fields, "a section needs text or fields");
const Context = z.strictObject({
  type: z.literal("context"),
  elements: z.array(anyText(3_000)).min(1).max(10),
  block_id: blockId,
});
const Actions = z.strictObject({
  type: z.literal("actions"),
  elements: z
    .array(
      z.strictObject({
        type: z.literal("button"),
        text: plainText(75),
        url: z.url().max(3_000),
        action_id: z.string().max(255),
      }),
    )
    .min(1)
    .max(25),
  block_id: blockId,
});
const Payload = z.strictObject({
  text: z.string().min(1).max(40_000),
  blocks: z
    .array(z.union([Header, Section, Context, Actions]))
    .min(1)
    .max(50),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
});

/** Every text of a payload, wherever it stands. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/**
 * What Slack would not take, or what a customer's name could do in it: nothing but our own links may stand in angle
 * brackets, and no entity may be cut.
 */
export function blockKitFaults(payload: unknown): string[] {
  const parsed = Payload.safeParse(payload);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  for (const text of textsOf(payload)) {
    for (const [mark] of text.matchAll(/<[^>]*>?/g))
      if (!/^<https?:\/\/[^|<>]+\|[^<>]*>$/.test(mark)) faults.push(`${mark} is markup`);
    if (/&(?!amp;|lt;|gt;)/.test(text)) faults.push(`${text.slice(0, 80)} holds a lone &`);
  }
  return faults;
}
