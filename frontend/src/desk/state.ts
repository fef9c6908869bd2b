// What the desk shows, as it stands in the address: its panel first, then
// name:value for all that is not as usual.

/** A question about gaps, by the names of the API's parameters. */
export interface Question {
  readonly by: string;
  readonly technology: string;
  readonly operator: string;
  readonly evidence: string;
  readonly preset: string;
  readonly min_rsrp: string;
  readonly min_down: string;
  readonly district: string;
  readonly near_road: string;
  readonly road_class: string;
  readonly poi: string;
  readonly season: string;
}

export const usual: Question = {
  by: 'village', technology: '4g', operator: 'any', evidence: 'best', preset: '', min_rsrp: '', min_down: '',
  district: '', near_road: '', road_class: '', poi: 'destinations', season: 'normal',
};

/** What the panels are set to beside the question: by their names in the address, with what is usual. */
export const usualOptions = {
  kinds: '', thin: '1',
  's-way': 'count', 's-count': '5', 's-budget': '10', 's-spacing': '2000', 's-lattice': '1000', 's-road': '', 's-on': '', 's-except': '', 's-not': '', 's-height': '', 's-frequency': '',
  's-people': '100', 's-places': '0', 's-road_km': '0', 's-tourists': '0', 's-official': '0',
  'p-by': 'village', 'p-top': '20', 'p-gap': '40', 'p-places': '15', 'p-road_km': '10', 'p-tower_km': '10', 'p-fibre_km': '10', 'p-official': '15',
};

export type Option = keyof typeof usualOptions;
export type Options = Readonly<Record<Option, string>>;

const options = Object.keys(usualOptions) as Option[];

export interface DeskState {
  readonly panel: string;
  readonly question: Question;
  /** A column, with a minus before it when the greatest comes first. */
  readonly sort: string;
  /** Only rows of these classes; empty: all. */
  readonly classes: readonly string[];
  /** The place that is explained: lon,lat. */
  readonly at: string;
  /** Parameters in which the compared answer differs, or undefined when nothing is compared. */
  readonly against: Partial<Question> | undefined;
  /** Scenarios that are open, by id. */
  readonly scenarios: readonly string[];
  /** The scenario that is being made, as draft.ts writes it. */
  readonly draft: string;
  readonly options: Options;
}

export const panels = ['gaps', 'reconcile', 'scenarios', 'sites', 'priorities'] as const;

const names = Object.keys(usual) as (keyof Question)[];

/** Reads the state from the address; what makes no sense is as usual. */
export function readDesk(text: string): DeskState {
  const [first = '', ...rest] = text.split(';');
  const values = new Map(rest.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)] as const));
  const list = (name: string) => (values.get(name) ?? '').split(',').filter(Boolean);
  const questionOf = (prefix: string) => Object.fromEntries(names.flatMap((name) => (values.has(prefix + name) ? [[name, values.get(prefix + name)!]] : []))) as Partial<Question>;
  const against = questionOf('vs-');
  return {
    panel: (panels as readonly string[]).includes(first) ? first : 'gaps',
    question: { ...usual, ...questionOf('') },
    sort: values.get('sort') ?? '-people_gap',
    classes: list('classes'),
    at: /^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/.test(values.get('at') ?? '') ? values.get('at')! : '',
    against: Object.keys(against).length > 0 ? against : undefined,
    scenarios: list('scenarios'),
    draft: values.get('draft') ?? '',
    options: { ...usualOptions, ...Object.fromEntries(options.flatMap((name) => (values.has(name) ? [[name, values.get(name)!]] : []))) },
  };
}

/** Writes the state for the address. */
export function writeDesk(state: DeskState): string {
  const parts: string[] = [state.panel];
  const add = (name: string, value: string) => parts.push(`${name}:${value.replaceAll(';', ' ')}`);
  for (const name of names) if (state.question[name] !== usual[name]) add(name, state.question[name]);
  if (state.sort !== '-people_gap') add('sort', state.sort);
  if (state.classes.length > 0) add('classes', state.classes.join(','));
  if (state.at) add('at', state.at);
  for (const name of names) if (state.against?.[name] !== undefined) add('vs-' + name, state.against[name]);
  if (state.scenarios.length > 0) add('scenarios', state.scenarios.join(','));
  if (state.draft) add('draft', state.draft);
  for (const name of options) if (state.options[name] !== usualOptions[name]) add(name, state.options[name]);
  return parts.join(';');
}

/** The parameters of a question for a request; those that are empty are left out. */
export function parametersOf(question: Question): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of names) if (question[name]) query.set(name, question[name]);
  if (!question.near_road) query.delete('road_class');
  if (question.min_rsrp || question.min_down) query.delete('preset');
  return query;
}
