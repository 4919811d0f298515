import type { Db } from "@/server/db";

const identity = { id: true, email: true, name: true, sessionVersion: true } as const;

export interface PersonRow {
  id: string;
  email: string;
  name: string;
  sessionVersion: number;
}

export function personById(db: Db, personId: string): Promise<PersonRow | null> {
  return db.person.findUnique({ where: { id: personId }, select: identity });
}

export function personWithPassword(db: Db, email: string) {
  return db.person.findUnique({ where: { email }, select: { ...identity, passwordHash: true } });
}

export function passwordHashOf(db: Db, personId: string) {
  return db.person.findUnique({ where: { id: personId }, select: { email: true, passwordHash: true } });
}
