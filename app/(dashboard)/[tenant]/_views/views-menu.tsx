"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark, Check, PencilLine, Plus, RotateCw, Trash2 } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/class-names";
import { Popover } from "@/app/_components/ui/popover";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../_components/tenant-context";
import { isSameView } from "./same-view";
import { useCurrentView } from "./use-current-view";
import { useViewChanges, type View } from "./use-view-changes";
import { RenameViewDialog, SaveViewDialog } from "./view-dialog";

/** As the navigation says it. */
const screenLabel = (screen: string) => screen.slice(0, 1).toUpperCase() + screen.slice(1);

const action =
  "grid size-7 shrink-0 place-items-center rounded-md text-ink-faint hover:bg-surface hover:text-ink disabled:opacity-40 [&_svg]:size-3.5";

interface ViewRowProps {
  view: View;
  /** What is in sight is what the view leads to. */
  isHere: boolean;
  onRename: () => void;
  onOpen: () => void;
}

function ViewRow({ view, isHere, onRename, onOpen }: ViewRowProps) {
  const { slug } = useTenant();
  const current = useCurrentView();
  const { isBusy, remove, update } = useViewChanges();
  return (
    <li className="group flex items-center rounded-md pr-1 hover:bg-sunken focus-within:bg-sunken">
      <Link
        href={`/${slug}/${view.screen}${view.query === "" ? "" : `?${view.query}`}`}
        aria-current={isHere ? "true" : undefined}
        onClick={onOpen}
        className="flex min-w-0 flex-1 items-center gap-2 rounded-md px-2 py-1.5"
      >
        <Check aria-hidden className={cn("size-3.5 shrink-0 text-accent", !isHere && "invisible")} />
        <span className="min-w-0">
          <span className="block truncate text-sm">{view.name}</span>
          <span className="block text-2xs text-ink-faint">{screenLabel(view.screen)}</span>
        </span>
      </Link>
      {view.mayChange && (
        <span className="flex sm:opacity-0 sm:group-focus-within:opacity-100 sm:group-hover:opacity-100">
          {current && !isHere && (
            <button
              type="button"
              aria-label={`Let ${view.name} lead to what is shown now`}
              title="Lead to what is shown now"
              disabled={isBusy}
              className={action}
              onClick={() => update(view, current)}
            >
              <RotateCw />
            </button>
          )}
          <button
            type="button"
            aria-label={`Rename ${view.name}`}
            title="Rename"
            className={action}
            onClick={onRename}
          >
            <PencilLine />
          </button>
          <button
            type="button"
            aria-label={`Delete ${view.name}`}
            title="Delete"
            disabled={isBusy}
            className={action}
            onClick={() => remove(view)}
          >
            <Trash2 />
          </button>
        </span>
      )}
    </li>
  );
}

/** Views of this organisation: open one, keep what is shown as another. */
export function ViewsMenu({ triggerClassName }: { triggerClassName: string }) {
  const isAllowed = useRight("views:write");
  const current = useCurrentView();
  const [isSaving, setIsSaving] = useState(false);
  const [renamed, setRenamed] = useState<View | null>(null);
  const views = useQuery(useTRPC().views.list.queryOptions(undefined, { enabled: isAllowed }));
  if (!isAllowed) return null;
  const shelves = [
    { title: "Yours", views: views.data?.filter(({ shared }) => !shared) ?? [] },
    { title: "Shared", views: views.data?.filter(({ shared }) => shared) ?? [] },
  ].filter((shelf) => shelf.views.length > 0);
  return (
    <>
      <Popover
        label="Views"
        triggerClassName={triggerClassName}
        panelClassName="top-full right-0 mt-1 w-72 p-1"
        trigger={
          <>
            <Bookmark aria-hidden /> <span className="hidden lg:inline">Views</span>
          </>
        }
      >
        {(close) => (
          <>
            <div className="max-h-80 overflow-y-auto">
              {views.isError && (
                <p role="alert" className="px-2 py-2 text-sm text-bad">
                  {errorSentence(views.error)}
                </p>
              )}
              {views.data?.length === 0 && (
                <p className="px-2 pt-2 pb-3 text-sm text-ink-muted">
                  Keep a screen with its range and filters under a name, for yourself or for everybody.
                </p>
              )}
              {shelves.map(({ title, views: list }) => (
                <section key={title} aria-label={title}>
                  <h3 className="px-2 pt-1.5 pb-1 text-2xs font-medium text-ink-faint">{title}</h3>
                  <ul>
                    {list.map((view) => (
                      <ViewRow
                        key={view.id}
                        view={view}
                        isHere={current !== null && isSameView(view, current)}
                        onRename={() => {
                          close();
                          setRenamed(view);
                        }}
                        onOpen={close}
                      />
                    ))}
                  </ul>
                </section>
              ))}
            </div>
            {current && (
              <div className="mt-1 border-t pt-1">
                <Button
                  variant="ghost"
                  className="w-full justify-start px-2"
                  onClick={() => {
                    close();
                    setIsSaving(true);
                  }}
                >
                  <Plus /> Save this view
                </Button>
              </div>
            )}
          </>
        )}
      </Popover>
      <SaveViewDialog view={isSaving ? current : null} onClose={() => setIsSaving(false)} />
      <RenameViewDialog view={renamed} onClose={() => setRenamed(null)} />
    </>
  );
}
