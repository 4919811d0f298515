import { CopyCheck, Scale, ShieldCheck } from "lucide-react";

const promises = [
  {
    icon: Scale,
    title: "No figure lies",
    text: "A model without a known price is listed as unpriced, with its calls and tokens; it is never $0. What may still change is marked provisional, with the time it becomes final.",
  },
  {
    icon: CopyCheck,
    title: "Nothing counted twice",
    text: "Every call has an id: sent twice, it is one row. An answer comes after the commit and not before, and a bad call in a batch does not cost the good ones.",
  },
  {
    icon: ShieldCheck,
    title: "Yours alone",
    text: "Organisations are separated by the database itself, row by row. Days follow your time zone, and an append-only log says who changed what.",
  },
] as const;

export function Promises() {
  return (
    <ul className="mt-16 grid gap-8 border-t pt-10 sm:mt-24 md:grid-cols-3">
      {promises.map(({ icon: Icon, title, text }) => (
        <li key={title}>
          <Icon aria-hidden className="size-5 text-accent" strokeWidth={1.75} />
          <h2 className="mt-3 text-base font-semibold">{title}</h2>
          <p className="mt-1.5 text-sm/5.5 text-ink-muted">{text}</p>
        </li>
      ))}
    </ul>
  );
}
