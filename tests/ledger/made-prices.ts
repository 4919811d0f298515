import { randomUUID } from "node:crypto";
import { asAdmin } from "../factories/tenant";

/** A price list's word on a model: input and output tokens, USD per million. Known from `knownFrom`, valid always or from `validFrom`. */
export async function listPrice(
  model: string,
  perMillion: { input: string; output: string },
  knownFrom: Date,
  validFrom?: Date,
): Promise<string> {
  const id = randomUUID();
  await asAdmin(
    `INSERT INTO price_version (id, provider, model, valid_from, known_from, source, source_version)
     VALUES ($1, 'openai', $2, coalesce($3, '-infinity'::timestamptz), $4, 'platform', 'test')`,
    [id, model, validFrom ?? null, knownFrom],
  );
  await asAdmin(
    `INSERT INTO price_rate (version_id, unit, usd, per)
     VALUES ($1, 'fresh_input', $2, 1000000), ($1, 'visible_output', $3, 1000000)`,
    [id, perMillion.input, perMillion.output],
  );
  return id;
}
