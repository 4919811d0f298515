"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Progress } from "@/app/_components/ui/progress";
import { cn } from "@/app/_components/ui/class-names";
import { uploadFile } from "@/app/_trpc/upload-file";
import { useTenant } from "../_components/tenant-context";
import { FilePreview } from "./file-preview";

/** First the file, then what it says; it counts once that is confirmed. */
export function NewFile() {
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
  if (upload.data !== undefined) return <FilePreview uploadId={upload.data} onDone={() => upload.reset()} />;
  return (
    <div className="px-4 pb-4 sm:px-5">
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          take(event.dataTransfer.files[0]);
        }}
        className={cn(
          "flex flex-wrap items-center justify-between gap-3 rounded-lg border border-dashed border-line-strong px-4 py-3 text-sm",
          isOver && "border-accent bg-accent-soft",
        )}
      >
        {upload.isPending ? (
          <div className="w-full max-w-xs">
            <p className="mb-2 text-sm">Uploading {upload.variables.name}</p>
            <Progress fraction={fraction} label="Uploaded" />
          </div>
        ) : (
          <>
            <span className="text-ink-muted">Drop a bill here. It counts once you have seen what it says.</span>
            <Button onClick={() => input.current?.click()}>Choose a file</Button>
          </>
        )}
        <input
          ref={input}
          type="file"
          accept=".csv,.gz,text/csv,application/gzip"
          aria-label="Bill to add"
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
    </div>
  );
} // prettier-ignore
