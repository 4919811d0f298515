"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/app/_components/ui/skeleton";

/** The calendar is as large as the rest of the bar, and few open it. */
export const DaysCalendar = dynamic(() => import("./days-calendar").then((module) => module.DaysCalendar), {
  ssr: false,
  loading: () => <Skeleton className="h-72 w-63 sm:w-56" />,
});
