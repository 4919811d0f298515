"use client";

import { useMutation } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { uploadFile } from "@/app/_trpc/upload-file";
import { useTenant } from "../_components/tenant-context";
import { MapColumns } from "./map-columns";
import { Progress } from "@/app/_components/ui/progress";

/** First the file, then what its columns mean. Nothing is stored before the second step is confirmed. */
export function NewImport({ now }: { now: string }) {
  const { slug } = useTenant();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [fraction, setFraction] = useState(0);
  const upload = useMutation({ mutationFn: (file: File) => uploadFile(file, slug, setFraction) });
  const take = (file: File | undefined) => {
    if (!file) return;
    setFraction(0);
    upload.mutate(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  };

  if (upload.data !== undefined) {
    return <MapColumns uploadId={upload.data} now={now} onCancel={() => upload.reset()} />;
  }
  return (
    <Card className="p-4 sm:p-5">
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
        className={cn(
          "flex flex-col items-center rounded-lg border border-dashed border-line-strong px-6 py-10 text-center transition-colors",
          isOver && "border-accent bg-accent-soft",
        )}
      >
        <FileUp aria-hidden className="mb-3 size-6 text-ink-faint" strokeWidth={1.6} />
        {upload.isPending ? (
          <div className="w-full max-w-xs">
            <p className="mb-2 text-sm">Uploading {upload.variables.name}</p>
            <Progress fraction={fraction} label="Uploaded" />
          </div>
        ) : (
          <>
            <p className="text-sm font-medium">Drop a file here</p>
            <p className="mt-1 mb-4 text-xs text-ink-muted">CSV with a header line, or JSON Lines</p>
            <Button variant="primary" onClick={() => input.current?.click()}>
              Choose a file
            </Button>
          </>
        )}
        <input
          ref={input}
          type="file"
          accept=".csv,.jsonl,.ndjson,.json,text/csv"
          aria-label="File to import"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </div>
      {upload.isError && (
        <Callout tone="bad" className="mt-3">
          {upload.error.message}
        </Callout>
      )}
    </Card>
  );
}
