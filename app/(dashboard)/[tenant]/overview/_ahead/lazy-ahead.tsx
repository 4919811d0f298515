"use client";

import dynamic from "next/dynamic";

/** As high as both cards are, so that what is beneath them does not jump. */
const Space = () => <div aria-hidden className="h-170 lg:h-80" />;

/** After the first figures: neither its code nor its answers are waited for. */
export const LazyAhead = dynamic(() => import("./ahead").then((module) => module.Ahead), {
  ssr: false,
  loading: Space,
});
