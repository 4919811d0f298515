export interface SnippetFacts {
  /** Of this installation, without a slash at the end. */
  baseUrl: string;
  /** The tenant's key; a placeholder until there is one. */
  key: string;
}
