import { type Actor, hasRight, requirePerson, requireRight } from "@/server/auth/permissions";
import { DomainError } from "@/server/errors";

interface Owned {
  shared: boolean;
  createdBy: string;
}

/** Whether the view is there for this person at all: what is somebody else's own is nobody's business. */
export function maySee(personId: string, view: Owned): boolean {
  return view.shared || view.createdBy === personId;
}

/** One's own, and everybody's if one looks after them. */
export function mayChange(actor: Actor, personId: string, view: Owned): boolean {
  return view.createdBy === personId || (view.shared && hasRight(actor, "views:manage"));
}

/**
 * The view, if this actor may change it.
 * @throws DomainError NOT_FOUND also for another's own, FORBIDDEN
 */
export function requireChangeable<View extends Owned>(actor: Actor, view: View | null): View {
  const { personId } = requirePerson(actor);
  if (!view || !maySee(personId, view)) throw new DomainError("NOT_FOUND", "There is no such view.");
  if (!mayChange(actor, personId, view)) requireRight(actor, "views:manage");
  return view;
}
