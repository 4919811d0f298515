import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const imports = (...patterns) => ["error", { patterns }];
const never = (group, message) => ({ group, message });

const noPrisma = never(
  ["@prisma/client", "@prisma/client/*", "@/prisma/generated/*", "@/prisma/generated/**"],
  "Only server/db.ts, queries.ts and server/analytics speak to Prisma.",
);
const noPrismaValues = { ...noPrisma, allowTypeImports: true };
// `withAuth` and `withJobs` answer what is asked before, or across, tenants; a tenant's rows come through ctx.db alone.
const noDb = {
  ...never(["@/server/db"], "A tenant's rows are reached through ctx.db."),
  importNames: ["withTenant", "rawPool", "disconnect"],
};
const noDbAtAll = never(["@/server/db"], "Only verbs and queries hold a database client.");
const noApp = never(["@/app/*", "@/app/**"], "Arrows: app → server ← inngest.");
const noInngest = never(["@/inngest/*", "@/inngest/**"], "Only app/api imports the functions of inngest/.");
const foreignQueries = never(["@/server/*/queries"], "A query is used by its own domain's verbs.");
const noQueries = never(["**/queries", "**/queries/*"], "A query is used by its own domain's verbs.");
const noTests = never(["@/tests/*", "@/tests/**"], "Tests are not part of the product.");

/** Forbidden everywhere. */
const noSyntax = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: "process.env is read in server/env.ts alone.",
  },
  { selector: "ExportAllDeclaration", message: "No barrels: import from the file that says it." },
];

const noClock = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: "What time it is comes from ctx.now; a shell asks server/clock.ts.",
};
/** Money is decimal strings and `Usd`: a number has lost digits before anybody looks. */
const noFloats = [
  "CallExpression[callee.name=/^(Number|parseFloat|parseInt)$/]",
  "CallExpression[callee.object.name='Number'][callee.property.name=/^parse/]",
  "CallExpression[callee.property.name='toNumber']",
  "CallExpression[callee.object.name='Math'][callee.property.name=/^(round|floor|ceil|trunc)$/]",
  "UnaryExpression[operator='+']",
].map((selector) => ({ selector, message: "Money never becomes a number: keep decimal strings, or Usd." }));

export default tseslint.config(
  {
    ignores: [
      ".next/**",
      ".data/**",
      "node_modules/**",
      "prisma/generated/**",
      "next-env.d.ts",
      "test-results/**",
      "playwright-report/**",
      "public/client/tokenledger.js",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        setTimeout: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
        clearTimeout: "readonly",
        URL: "readonly",
        Buffer: "readonly",
        fetch: "readonly",
      },
    },
  },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts", "**/*.tsx"] })),
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-default-export": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "no-restricted-syntax": ["error", ...noSyntax],
      "no-restricted-imports": imports(noTests),
    },
  },
  {
    // They compile each file once more; only screens have components.
    files: ["app/**/*.ts", "app/**/*.tsx"],
    plugins: { "react-hooks": reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  // Arrows between the layers (README, "How the parts fit"). A later entry replaces an earlier one.
  {
    files: ["server/**/*.ts"],
    rules: {
      "no-restricted-imports": imports(noApp, noInngest, noPrismaValues, noDb, foreignQueries, noTests),
    },
  },
  {
    files: [
      "server/**/queries.ts",
      "server/**/*-query.ts",
      "server/**/*-queries.ts",
      "server/analytics/**/*.ts",
    ],
    rules: { "no-restricted-imports": imports(noApp, noInngest, noDb, noTests) },
  },
  {
    files: ["server/**/schemas.ts"],
    rules: { "no-restricted-imports": imports(noApp, noInngest, noPrisma, noDbAtAll, noQueries, noTests) },
  },
  {
    files: ["server/api/**/*.ts"],
    rules: { "no-restricted-imports": imports(noApp, noInngest, noPrisma, noDbAtAll, noQueries, noTests) },
  },
  {
    files: [
      "server/*.ts",
      "server/launch/**/*.ts",
      "server/http/**/*.ts",
      "server/jobs/**/*.ts",
      "server/auth/throttle.ts",
    ],
    rules: { "no-restricted-imports": imports(noApp, noInngest, noTests) },
  },
  {
    files: ["inngest/**/*.ts"],
    rules: { "no-restricted-imports": imports(noApp, noPrisma, noDbAtAll, noQueries, noTests) },
  },
  {
    files: ["app/**/*.ts", "app/**/*.tsx"],
    rules: { "no-restricted-imports": imports(noPrisma, noDbAtAll, noQueries, noInngest, noTests) },
  },
  {
    files: ["app/api/**/*.ts"],
    rules: { "no-restricted-imports": imports(noPrisma, noDbAtAll, noQueries, noTests) },
  },
  {
    // Built into one file that runs in other people's processes: nothing of the server but how usage objects are read.
    files: ["public/client/src/**/*.ts"],
    ignores: ["public/client/src/build.ts"],
    rules: {
      "no-restricted-imports": imports(
        never(["@/*", "!@/server"], "The client takes nothing but server/provider-usage along."),
        never(
          ["@/server/*", "!@/server/provider-usage"],
          "The client takes nothing but server/provider-usage along.",
        ),
        never(["node:*"], "The client runs where there is no Node, too."),
      ),
    },
  },
  {
    // Where Next and Playwright call the default export.
    files: ["app/**/*.tsx", "app/**/*.ts", "**/*.config.ts", "tests/setup/product.ts"],
    rules: { "import-x/no-default-export": "off" },
  },
  {
    files: ["prisma/**/*.ts", "tests/**/*.ts", "**/*.test.ts", "**/*.test.tsx"],
    rules: { "no-restricted-imports": "off" },
  },
  {
    // One clock, so that all of the product can be moved ahead; what others hold against their own clocks goes by Date.now().
    files: ["server/**/*.ts", "inngest/**/*.ts"],
    ignores: ["**/*.test.ts", "server/jobs/sdk-client.ts", "server/clients/outbound.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...noSyntax, noClock],
    },
  },
  {
    files: ["server/invoices/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...noSyntax, ...noFloats, noClock],
    },
  },
  { files: ["server/env.ts", "*.config.ts", "tests/**/*.ts"], rules: { "no-restricted-syntax": "off" } },
);
