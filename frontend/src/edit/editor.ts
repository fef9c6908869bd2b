// The form that changes a feature, or adds a point. Loaded when somebody edits.

import type { Feature } from '../data/api';
import { collectionById } from '../schema/collections';
import type { Context } from '../ui/context';
import { h } from '../ui/dom';
import { conflictTable } from './conflict';
import { fieldsOf, getSchema, ofPoints, type Field, type Schema, type Values } from './fields';
import { PositionField } from './position';
import { deleteFeature, getVersion, patchFeature, postFeature, Refused, session, type Versioned } from './session';
import { signIn } from './sign-in';
import { editSay, type EditSay } from './words';

/** What was done, in the end. */
export type Outcome = 'saved' | 'removed' | 'cancelled';

/** Lets somebody edit a feature in root; settles when that has ended. */
export async function editFeature(root: HTMLElement, collection: string, id: string, context: Context): Promise<Outcome> {
  const say = editSay(context.store.state.language);
  if (!(await signIn(root, collection, say))) return 'cancelled';
  const [schema, version] = await Promise.all([getSchema(collection), getVersion(collection, id)]);
  return (await new Form(root, collection, schema, version, context, say).open()).outcome;
}

/** Lets somebody add a point in root; settles with the new feature, or without one. */
export async function addPoint(root: HTMLElement, context: Context): Promise<{ collection: string; id: string } | undefined> {
  const say = editSay(context.store.state.language);
  const { language } = context.store.state;
  const kinds = [...collectionById.values()].filter((c) => c.kind === 'mark' && context.app().collections.has(c.id));
  if (kinds.length === 0) return undefined;
  const first = kinds.find((c) => c.id === 'destinations') ?? kinds[0]!;
  if (!(await signIn(root, first.id, say))) return undefined;
  const centre = context.view.view();
  const fresh: Versioned = { feature: { id: '', geometry: { type: 'Point', coordinates: [Number(centre.lon.toFixed(6)), Number(centre.lat.toFixed(6))] }, properties: {} }, etag: '' };
  for (let collection = first.id; ;) {
    const form = new Form(root, collection, await getSchema(collection), fresh, context, say);
    const select = h('select', { id: 'edit-collection' }, ...kinds.map((c) => h('option', { value: c.id, ...(c.id === collection && { selected: true }) }, c.title[language])));
    const { outcome, id, other } = await form.open(select);
    if (!other) return outcome === 'saved' ? { collection, id } : undefined;
    collection = other;
  }
}

interface End {
  readonly outcome: Outcome;
  readonly id: string;
  /** The collection that was chosen instead. */
  readonly other?: string;
}

class Form {
  private readonly fields: readonly Field[];
  private readonly position: PositionField | undefined;
  private readonly alert = h('div', { role: 'alert' });
  private settle: (end: End) => void = () => {};

  constructor(private readonly root: HTMLElement, private readonly collection: string, schema: Schema, private version: Versioned, private readonly context: Context, private readonly say: EditSay) {
    this.fields = fieldsOf(schema, context.store.state.language, say);
    if (ofPoints(schema)) this.position = new PositionField(context.view.map, say);
    this.fill(version.feature);
  }

  private get isNew(): boolean {
    return this.version.etag === '';
  }

  private get id(): string {
    return String(this.version.feature.id);
  }

  /** Shows the form until it has served. choice is that of the collection. */
  open(choice?: HTMLSelectElement): Promise<End> {
    const { say } = this;
    const name = String(this.version.feature.properties['name'] ?? this.id);
    const removal = h('div', { class: 'actions' }, !this.isNew && h('button', { type: 'button', class: 'button danger', onclick: () => this.askToRemove(removal) }, say('remove')));
    const form = h('form', { class: 'edit-form', novalidate: true },
      h('h2', { tabindex: '-1', id: 'detail-title' }, this.isNew ? say('add') : say('change', { name })),
      choice && h('p', { class: 'edit-field' }, h('label', { for: 'edit-collection' }, say('collection')), choice),
      this.position?.element, ...this.fields.map((field) => field.element), this.alert,
      h('div', { class: 'actions' },
        h('button', { type: 'submit', class: 'button primary' }, say('save')),
        h('button', { type: 'button', class: 'button', onclick: () => this.end('cancelled') }, say('cancel')),
        h('button', { type: 'button', class: 'button', onclick: () => this.signOut() }, say('signOut'))),
      removal);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.save();
    });
    this.root.replaceChildren(form);
    form.querySelector('h2')?.focus();
    const left = this.context.store.listen((now, before) => {
      if (now.selection !== before.selection) this.end('cancelled');
    });
    return new Promise<End>((settle) => {
      choice?.addEventListener('change', () => settle({ outcome: 'cancelled', id: '', other: choice.value }));
      this.settle = settle;
    }).finally(() => {
      left();
      this.position?.remove();
    });
  }

  private end(outcome: Outcome): void {
    this.settle({ outcome, id: this.id });
  }

  private signOut(): void {
    session.token = '';
    this.end('cancelled');
  }

  private fill(feature: Feature): void {
    for (const field of this.fields) field.value = feature.properties[field.name];
    if (!this.position) return;
    const [lon, lat] = feature.geometry?.type === 'Point' ? (feature.geometry.coordinates as [number, number]) : [];
    this.position.place = lon === undefined || lat === undefined ? undefined : { lon, lat };
  }

  /** What the form holds. */
  private entered(): Feature {
    const { feature } = this.version;
    const place = this.position?.place;
    return {
      id: feature.id,
      geometry: this.position ? (place ? { type: 'Point', coordinates: [place.lon, place.lat] } : null) : feature.geometry,
      properties: { ...feature.properties, ...Object.fromEntries(this.fields.map((field) => [field.name, field.value])) },
    };
  }

  /** What the form changes of the feature it began with. */
  private difference(): { properties: Values; geometry?: Feature['geometry'] } | undefined {
    const mine = this.entered();
    const { feature } = this.version;
    const properties: Values = {};
    for (const field of this.fields) {
      if (field.value !== (feature.properties[field.name] ?? null)) properties[field.name] = field.value;
    }
    const moved = this.position !== undefined && JSON.stringify(mine.geometry) !== JSON.stringify(place(feature));
    if (!moved && Object.keys(properties).length === 0) return undefined;
    return moved ? { properties, geometry: mine.geometry } : { properties };
  }

  private async save(): Promise<void> {
    const { say } = this;
    this.complain([]);
    const difference = this.difference();
    if (!difference && !this.isNew) {
      this.alert.textContent = say('nothing');
      return;
    }
    try {
      if (this.isNew) this.version = await postFeature(this.collection, { type: 'Feature', ...this.entered(), id: undefined });
      else this.version = await patchFeature(this.collection, this.id, this.version.etag, difference ?? {});
    } catch (error) {
      await this.refused(error);
      return;
    }
    this.context.announce(say('saved'), true);
    this.end('saved');
  }

  private async refused(error: unknown): Promise<void> {
    const { say } = this;
    if (!(error instanceof Refused)) this.alert.textContent = say('failed', { why: say('unreachable') });
    else if (error.status === 412) await this.resolve();
    else if (error.status === 404) this.alert.textContent = say('gone');
    else if (error.status === 401) this.alert.textContent = say('wrongToken');
    else {
      this.alert.textContent = say('failed', { why: error.detail });
      this.complain(error.faults);
    }
  }

  private complain(faults: Refused['faults']): void {
    this.alert.replaceChildren(...(faults.length > 0 ? [this.alert.textContent ?? ''] : []));
    const of = (member: string) => faults.find((f) => f.member === member)?.reason ?? '';
    this.position?.complain(of('geometry'));
    for (const field of this.fields) field.complain(of(`properties.${field.name}`));
  }

  /** Shows what is stored now beside what was entered. Whatever is chosen, the
   * form then is of the newer version, so that nothing is lost unseen. */
  private async resolve(): Promise<void> {
    const { say } = this;
    const { language } = this.context.store.state;
    let now: Versioned;
    try {
      now = await getVersion(this.collection, this.id);
    } catch {
      this.alert.textContent = say('gone');
      return;
    }
    const sides = { before: this.version.feature, mine: this.entered(), now: now.feature };
    const changes = this.difference();
    const table = conflictTable(sides, language, say, (mine) => {
      this.version = now;
      this.fill(now.feature);
      if (mine && changes) {
        for (const field of this.fields) if (field.name in changes.properties) field.value = changes.properties[field.name];
        if (changes.geometry !== undefined && this.position) this.position.place = toPlace(sides.mine);
      }
      this.alert.replaceChildren();
      this.root.querySelector<HTMLButtonElement>('button[type=submit]')?.focus();
    });
    this.alert.replaceChildren(table);
    table.querySelector('button')?.focus();
  }

  private askToRemove(into: HTMLElement): void {
    const { say } = this;
    const asked = into.firstElementChild as HTMLElement;
    const keep = h('button', { type: 'button', class: 'button', onclick: () => {
      into.replaceChildren(asked);
      asked.focus();
    } }, say('removeNo'));
    into.replaceChildren(h('p', { role: 'alert' }, say('removeSure')),
      h('button', { type: 'button', class: 'button danger', onclick: () => void this.remove() }, say('removeYes')), keep);
    keep.focus();
  }

  private async remove(): Promise<void> {
    try {
      await deleteFeature(this.collection, this.id, this.version.etag);
    } catch (error) {
      await this.refused(error);
      return;
    }
    this.context.announce(this.say('removed'), true);
    this.end('removed');
  }
}

const place = (feature: Feature): Feature['geometry'] => (feature.geometry?.type === 'Point' ? { type: 'Point', coordinates: feature.geometry.coordinates } : null);

function toPlace(feature: Feature): { lon: number; lat: number } | undefined {
  const [lon, lat] = (feature.geometry?.coordinates ?? []) as number[];
  return lon === undefined || lat === undefined ? undefined : { lon, lat };
}
