const packages = { openai: "./openai.mjs", "@anthropic-ai/sdk": "./anthropic.mjs" };

/** Finds the packages that the examples import, which this project does without. */
export function resolve(specifier, context, next) {
  const own = packages[specifier];
  return own ? { url: new URL(own, import.meta.url).href, shortCircuit: true } : next(specifier, context);
}
