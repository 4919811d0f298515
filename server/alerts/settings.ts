import type { IncidentSubject, RuleId } from "@/server/incidents/schemas";
import { type ParamValues, type Params, usualParams } from "./schemas";

/** A rule as it was set, for everything or for one subject. */
export interface RuleSetting {
  rule: RuleId;
  subjectKind: IncidentSubject["kind"] | "default";
  subjectKey: string;
  enabled: boolean;
  params: ParamValues;
}

/** How a rule is set for a subject: as delivered, then for everything, then for the subject itself. */
export class Settings {
  private readonly byTarget: ReadonlyMap<string, RuleSetting>;
  private readonly general = new Map<RuleId, ParamValues>();

  constructor(private readonly all: readonly RuleSetting[]) {
    this.byTarget = new Map(
      all.map((one) => [JSON.stringify([one.rule, one.subjectKind, one.subjectKey]), one]),
    );
  }

  private find(rule: RuleId, kind: RuleSetting["subjectKind"], key: string): RuleSetting | undefined {
    return this.byTarget.get(JSON.stringify([rule, kind, key]));
  }

  private ownOf(rule: RuleId, subject: IncidentSubject | null): RuleSetting | undefined {
    return subject ? this.find(rule, subject.kind, subject.key) : undefined;
  }

  isEnabled(rule: RuleId, subject: IncidentSubject | null): boolean {
    return this.ownOf(rule, subject)?.enabled ?? this.find(rule, "default", "")?.enabled ?? true;
  }

  /** Its parameters, switched on or off. */
  ofAny(rule: RuleId, subject: IncidentSubject | null): ParamValues {
    const own = this.ownOf(rule, subject);
    return own ? { ...this.generally(rule), ...own.params } : this.generally(rule);
  }

  /** Asked for thousands of subjects, and the same for most. */
  private generally(rule: RuleId): ParamValues {
    const known = this.general.get(rule);
    if (known) return known;
    const params = { ...usualParams(rule), ...this.find(rule, "default", "")?.params };
    this.general.set(rule, params);
    return params;
  }

  /** Null: switched off. */
  of<Rule extends RuleId>(rule: Rule, subject: IncidentSubject | null): Params<Rule> | null {
    return this.isEnabled(rule, subject) ? (this.ofAny(rule, subject) as Params<Rule>) : null;
  }

  private valuesOf<Rule extends RuleId>(
    rule: Rule,
    names: readonly (keyof Params<Rule> & string)[],
  ): number[] {
    const usual: ParamValues = { ...usualParams(rule) };
    const ofRule = this.all.filter((one) => one.rule === rule);
    return names.flatMap((name) => [usual[name] ?? 0, ...ofRule.flatMap(({ params }) => params[name] ?? [])]);
  }

  /** The least value of a parameter that anybody's setting has: what is smaller need not be looked at. */
  least<Rule extends RuleId>(rule: Rule, names: readonly (keyof Params<Rule> & string)[]): number {
    return Math.min(...this.valuesOf(rule, names));
  }

  /** The greatest that anybody's setting has. */
  most<Rule extends RuleId>(rule: Rule, name: keyof Params<Rule> & string): number {
    return Math.max(...this.valuesOf(rule, [name]));
  }

  /** With other parameters for one rule, whatever was set for it: to try them out. */
  trying(rule: RuleId, subject: IncidentSubject | null, params: ParamValues): Settings {
    const target = { subjectKind: subject?.kind ?? ("default" as const), subjectKey: subject?.key ?? "" };
    const others = this.all.filter(
      (one) =>
        one.rule !== rule || one.subjectKind !== target.subjectKind || one.subjectKey !== target.subjectKey,
    );
    return new Settings([...others, { rule, ...target, enabled: true, params }]);
  }
}
