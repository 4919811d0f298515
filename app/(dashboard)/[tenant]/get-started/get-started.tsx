"use client";

import { useState } from "react";
import { Card } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Segmented } from "@/app/_components/ui/segmented";
import { PageHeader } from "../_components/page-header";
import { CallFields } from "./call-fields";
import { FirstCall } from "./first-call";
import { KeyInPlace } from "./key-in-place";
import { hintOf, keyPlaceholder, type Language, languages, snippet } from "./snippets";
import { Step } from "./step";

const languageOptions = languages.map((value) => ({ value, label: value }));

export function GetStarted({ baseUrl, now }: { baseUrl: string; now: string }) {
  const [key, setKey] = useState<string | null>(null);
  const [language, setLanguage] = useState<Language>("curl");
  const text = snippet(language, { baseUrl, key: key ?? keyPlaceholder });
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Get started"
        hint="One request reports a call; it is priced, attributed and on Overview within a minute."
      />
      <ol className="space-y-4">
        <Step number={1} title="A key for your app" isDone={key !== null}>
          <KeyInPlace apiKey={key} onCreated={setKey} />
        </Step>
        <Step number={2} title="Report a call">
          <Segmented
            label="Language"
            value={language}
            options={languageOptions}
            onChange={setLanguage}
            className="flex w-fit max-w-full flex-wrap"
          />
          <div className="my-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <p className="min-w-0 flex-1 basis-56 text-sm text-ink-muted">{hintOf(language)}</p>
            <CopyButton text={text} label={key === null ? "Copy without a key" : "Copy"} />
          </div>
          <pre
            tabIndex={0}
            aria-label={`${language} snippet`}
            className="overflow-x-auto rounded-md border bg-sunken/70 px-4 py-3 font-mono text-xs/5 text-ink"
          >
            <code>{text}</code>
          </pre>
        </Step>
        <FirstCall now={now} />
      </ol>
      <Card className="mt-4 overflow-hidden">
        <CallFields />
      </Card>
    </div>
  );
}
