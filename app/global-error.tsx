"use client";

import "./globals.css";

/** For a failure of the root layout itself; it replaces the whole document. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body className="grid min-h-dvh place-items-center bg-canvas p-6 text-center text-ink">
        <div>
          <h1 className="text-base font-semibold">Tokenledger could not be shown</h1>
          <p className="mt-1 text-sm text-ink-muted">Nothing was lost. Try again in a moment.</p>
          <button
            type="button"
            onClick={retry}
            className="mt-5 h-9 rounded-md bg-ink px-4 text-sm font-medium text-canvas"
          >
            Try again
          </button>
        </div>
      </body>
    </html>
  );
}
